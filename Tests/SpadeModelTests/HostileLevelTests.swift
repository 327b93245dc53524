import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about levels and tables.
@Suite struct HostileLevelTests {
  static let levelsAndTables: [Hostile] = [
    Hostile("level of another size") {
      $0[level: 1].width += 1
      return .badLevel(index: 1, rule: .picture)
    },
    Hostile("level without columns") {
      $0[level: 1].width = 0
      return .badLevel(index: 1, rule: .width)
    },
    Hostile("level with too many rows") {
      $0[level: 1].height = 4097
      return .badLevel(index: 1, rule: .height)
    },
    Hostile("level shift") {
      $0[level: 0].shift = 33
      return .badLevel(index: 0, rule: .shift)
    },
    Hostile("level without windows") {
      $0[level: 0].innerCapacity = 0
      return .badLevel(index: 0, rule: .innerCapacity)
    },
    Hostile("more windows than numbers") {
      $0[level: 0].outerCapacity = 0xFFFF
      return .badLevel(index: 0, rule: .outerCapacity)
    },
    Hostile("level without a buffer") {
      $0[level: 0].buffer = $0.configuration.bufferCount
      return .badLevel(index: 0, rule: .buffer)
    },
    Hostile("level in a small buffer") {
      $0[buffer: Int($0[level: 0].buffer)].byteCount = 16
      return .badLevel(index: 0, rule: .buffer)
    },
    Hostile("table channels") {
      $0[table: 0].channels = 8
      return .badTable(index: 0, rule: .channels)
    },
    Hostile("table kernel") {
      $0[table: 0].kernelSize = 4
      return .badTable(index: 0, rule: .kernelSize)
    },
    Hostile("table larger than an offset can say") {
      $0.configuration.labelCount = 16384
      $0[table: 0].channels = 65536
      return .badTable(index: 0, rule: .size)
    },
    Hostile("table outside") {
      $0[table: 0].rows = UInt32($0.range(.weights).count / 64)
      return .badTable(index: 0, rule: .rows)
    },
    Hostile("table bias outside") {
      $0[table: 0].bias = .max
      return .badTable(index: 0, rule: .bias)
    },
  ]

  @Test(arguments: levelsAndTables) func levelOrTable(_ hostile: Hostile) throws { try hostile.check() }
}
