import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about single records.
@Suite struct HostileRecordTests {
  // MARK: Configuration

  typealias Field = WritableKeyPath<ConfigurationRecord, UInt32> & Sendable

  static let fields: [(Int, Field, UInt32)] = [
    (0, \.width, 0), (0, \.width, 4097), (1, \.height, 0), (1, \.height, .max), (2, \.labelCount, 0),
    (2, \.labelCount, 16385), (3, \.unknownLabel, 6), (4, \.hasEdges, 2), (5, \.styleCount, 4097),
    (6, \.kernelSize, 0), (6, \.kernelSize, 2), (6, \.kernelSize, 9), (7, \.hiddenChannelCount, 0),
    (7, \.hiddenChannelCount, 24), (7, \.hiddenChannelCount, 65552), (8, \.channelUnit, 0),
    (9, \.doublingCount, 8), (10, \.normalization, 2), (11, \.nameCount, 0), (11, \.nameCount, 1025),
    (12, \.bufferCount, 1025), (13, \.levelCount, 1025), (14, \.tableCount, 1025),
    (15, \.productCount, 1025), (16, \.normCount, 1025), (17, \.stepCount, 65537),
    (19, \.symbolBuffer, .max), (19, \.symbolBuffer, 0), (20, \.stateBuffer, .max), (20, \.stateBuffer, 0),
    (21, \.encoderChannelUnit, 1025), (24, \.tapRowCapacity, 65536), (25, \.usesWinograd, 2),
  ]

  @Test(arguments: fields) func configuration(field: Int, path: Field, value: UInt32) throws {
    var file = try TinyNetwork.plain.file()
    file.configuration[keyPath: path] = value
    file.seal()
    #expect(file.loadingError == .badConfiguration(field: field, value: value))
  }

  static let keptBuffers: [Hostile] = [
    Hostile("symbols end early") {
      let index = Int($0.configuration.symbolBuffer)
      $0[buffer: index].lastStep -= 1
      return .badConfiguration(field: 19, value: UInt32(index))
    },
    Hostile("state begins late") {
      let index = Int($0.configuration.stateBuffer)
      $0[buffer: index].firstStep = 1
      return .badConfiguration(field: 20, value: UInt32(index))
    },
    Hostile("symbols too small") {
      let index = Int($0.configuration.symbolBuffer)
      $0[buffer: index].byteCount -= 64
      return .badConfiguration(field: 19, value: UInt32(index))
    },
    Hostile("state too small") {
      let index = Int($0.configuration.stateBuffer)
      $0[buffer: index].byteCount = 16
      return .badConfiguration(field: 20, value: UInt32(index))
    },
    Hostile("no steps") {
      $0.configuration.stepCount = 0
      return .badConfiguration(field: 19, value: $0.configuration.symbolBuffer)
    },
  ]

  @Test(arguments: keptBuffers) func keptBuffer(_ hostile: Hostile) throws { try hostile.check() }

  // MARK: Buffers

  static let buffers: [Hostile] = [
    Hostile("kind") {
      $0[buffer: 0].kind = 3
      return .badBuffer(index: 0, rule: .kind)
    },
    Hostile("name") {
      $0[buffer: 0].name = $0.configuration.nameCount
      return .badBuffer(index: 0, rule: .kind)
    },
    Hostile("alignment") {
      $0[buffer: 0].offset += 32
      return .badBuffer(index: 0, rule: .alignment)
    },
    Hostile("outside the arena") { file in
      file.planByteCount -= 64
      let end = Int(file.planByteCount)
      let index = (0..<file.count(.buffers)).first {
        Int(file[buffer: $0].offset) + Int(file[buffer: $0].byteCount) > end
      }
      return .badBuffer(index: index!, rule: .outsideArena)
    },
    Hostile("end beyond 32 bits") {
      $0[buffer: 0].offset = .max - 63
      return .badBuffer(index: 0, rule: .outsideArena)
    },
    Hostile("larger than an offset can say") {
      $0.planByteCount = .max
      $0[buffer: 0].offset = 0
      $0[buffer: 0].byteCount = 1 << 31
      return .badBuffer(index: 0, rule: .size)
    },
    Hostile("a wide tensor larger than its bytes") {
      let index = $0.firstBuffer(.wide)
      let b = $0[buffer: index]
      $0[buffer: index].byteCount = b.rowCapacity * b.width * b.channels * 2 - 1
      return .badBuffer(index: index, rule: .size)
    },
    Hostile("no room for the pixel outside") {
      let index = $0.firstBuffer(.codes)
      let b = $0[buffer: index]
      $0[buffer: index].byteCount = b.rowCapacity * b.width * b.channels
      return .badBuffer(index: index, rule: .size)
    },
    Hostile("channels not in sixteens") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].channels -= 8
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("more channels used than there are") {
      let index = $0.firstBuffer(.codes)
      $0[buffer: index].usedChannels = $0[buffer: index].channels + 1
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("no width") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].width = 0
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("no rows kept") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].rowCapacity = 0
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("more rows kept than there are") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].rowCapacity = $0[buffer: index].height + 1
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("a scale that is no number") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].scale = .nan
      return .badBuffer(index: index, rule: .dimensions)
    },
    Hostile("ends before it begins") {
      $0[buffer: 0].firstStep = $0[buffer: 0].lastStep + 1
      return .badBuffer(index: 0, rule: .lifetime)
    },
    Hostile("lives longer than the frame") {
      $0[buffer: 0].lastStep = $0.configuration.stepCount
      return .badBuffer(index: 0, rule: .lifetime)
    },
    Hostile("overlap") {
      let symbols = Int($0.configuration.symbolBuffer)
      let state = Int($0.configuration.stateBuffer)
      $0[buffer: state].offset = $0[buffer: symbols].offset
      return .badBuffer(index: max(symbols, state), rule: .overlap)
    },
    Hostile("a level in the state's buffer") {
      $0[level: 0].buffer = $0.configuration.stateBuffer
      return .badBuffer(index: Int($0.configuration.stateBuffer), rule: .shared)
    },
    Hostile("two levels in one buffer") {
      $0[level: 0].buffer = $0[level: 1].buffer
      return .badBuffer(index: Int($0[level: 1].buffer), rule: .shared)
    },
    Hostile("affines over activations") {
      $0[norm: 0].hiddenBuffer = $0[norm: 0].affineBuffer
      return .badBuffer(index: Int($0[norm: 0].affineBuffer), rule: .shared)
    },
    Hostile("a style in the symbols' buffer", .style) {
      $0[step: $0.firstStep(.styleFirst)].input = $0.configuration.symbolBuffer
      return .badBuffer(index: Int($0.configuration.symbolBuffer), rule: .shared)
    },
    Hostile("a workspace in a level's buffer") {
      $0[step: $0.firstStep(.convolve)].workspace = $0[level: 0].buffer
      return .badBuffer(index: Int($0[level: 0].buffer), rule: .shared)
    },
  ]

  @Test(arguments: buffers) func buffer(_ hostile: Hostile) throws { try hostile.check() }

  // MARK: Levels and tables

  static let levelsAndTables: [Hostile] = [
    Hostile("level of another size") {
      $0[level: 1].width += 1
      return .badLevel(index: 1)
    },
    Hostile("level shift") {
      $0[level: 0].shift = 33
      return .badLevel(index: 0)
    },
    Hostile("level without windows") {
      $0[level: 0].innerCapacity = 0
      return .badLevel(index: 0)
    },
    Hostile("more windows than numbers") {
      $0[level: 0].outerCapacity = 0xFFFF
      return .badLevel(index: 0)
    },
    Hostile("level without a buffer") {
      $0[level: 0].buffer = $0.configuration.bufferCount
      return .badLevel(index: 0)
    },
    Hostile("level in a small buffer") {
      $0[buffer: Int($0[level: 0].buffer)].byteCount = 16
      return .badLevel(index: 0)
    },
    Hostile("table channels") {
      $0[table: 0].channels = 8
      return .badTable(index: 0)
    },
    Hostile("table kernel") {
      $0[table: 0].kernelSize = 4
      return .badTable(index: 0)
    },
    Hostile("table larger than an offset can say") {
      $0.configuration.labelCount = 16384
      $0[table: 0].channels = 65536
      return .badTable(index: 0)
    },
    Hostile("table outside") {
      $0[table: 0].rows = UInt32($0.range(.weights).count / 64)
      return .weightsOutOfRange(section: Section.tables.rawValue, index: 0)
    },
    Hostile("table bias outside") {
      $0[table: 0].bias = .max
      return .weightsOutOfRange(section: Section.tables.rawValue, index: 0)
    },
  ]

  @Test(arguments: levelsAndTables) func levelOrTable(_ hostile: Hostile) throws { try hostile.check() }

  // MARK: Products

  static let products: [Hostile] = [
    Hostile("kernel") {
      $0[product: 0].kernelSize = 6
      return .badProduct(index: 0)
    },
    Hostile("depth") {
      $0[product: 0].depth = 12
      return .badProduct(index: 0)
    },
    Hostile("no panels") {
      $0[product: 0].panelCount = 0
      return .badProduct(index: 0)
    },
    Hostile("name") {
      $0[product: 0].name = .max
      return .badProduct(index: 0)
    },
    Hostile("panels outside") {
      $0[product: 0].panelCount = (1 << 24) - 1
      return .weightsOutOfRange(section: Section.products.rawValue, index: 0)
    },
    Hostile("scale outside") {
      $0[product: 0].scale = .max
      return .weightsOutOfRange(section: Section.products.rawValue, index: 0)
    },
    Hostile("scale too large") {
      $0.store(Float(0.5).nextUp, $0.weights($0[product: 0].scale) + 4 * 3)
      return .badScale(section: Section.products.rawValue, index: 0, column: 3)
    },
    Hostile("scale no number") {
      $0.store(Float.nan, $0.weights($0[product: 0].scale))
      return .badScale(section: Section.products.rawValue, index: 0, column: 0)
    },
  ]

  @Test(arguments: products) func product(_ hostile: Hostile) throws { try hostile.check() }

  // MARK: Norms

  static let norms: [Hostile] = [
    Hostile("channels") {
      $0[norm: 0].channels = 0
      return .badNorm(index: 0)
    },
    Hostile("bias factor") {
      $0[norm: 0].biasFactor = 32768
      return .badNorm(index: 0)
    },
    Hostile("slope") {
      $0[norm: 0].slope = -0.5
      return .badNorm(index: 0)
    },
    Hostile("slope no number") {
      $0[norm: 0].slope = .nan
      return .badNorm(index: 0)
    },
    Hostile("name") {
      $0[norm: 0].name = .max
      return .badNorm(index: 0)
    },
    Hostile("level") {
      $0[norm: 0].level = $0.configuration.levelCount
      return .badNorm(index: 0)
    },
    Hostile("table") {
      $0[norm: 0].table = $0.configuration.tableCount
      return .badNorm(index: 0)
    },
    Hostile("product") {
      $0[norm: 0].product = $0.configuration.productCount
      return .badNorm(index: 0)
    },
    Hostile("product of another width") {
      let mine = $0[product: Int($0[norm: 0].product)]
      $0[norm: 0].product = $0.otherProduct { $0.panelCount != mine.panelCount }
      return .badNorm(index: 0)
    },
    Hostile("activations in a small buffer") {
      $0[buffer: Int($0[norm: 0].hiddenBuffer)].byteCount = 64
      return .badNorm(index: 0)
    },
    Hostile("affines without a buffer") {
      $0[norm: 0].affineBuffer = ModelFormat.none
      return .badNorm(index: 0)
    },
    Hostile("scale below zero") {
      $0.store(Float(-0.001), $0.weights($0[norm: 0].scale))
      return .badScale(section: Section.norms.rawValue, index: 0, column: 0)
    },
    Hostile("scale outside") {
      $0[norm: 0].scale = .max
      return .weightsOutOfRange(section: Section.norms.rawValue, index: 0)
    },
    Hostile("zero point between codes") {
      $0.store(Float(0.5), $0.weights($0[norm: 0].zeroPoint) + 4)
      return .badScale(section: Section.norms.rawValue, index: 0, column: 1)
    },
    Hostile("zero point beyond the codes") {
      $0.store(Float(128), $0.weights($0[norm: 0].zeroPoint))
      return .badScale(section: Section.norms.rawValue, index: 0, column: 0)
    },
    Hostile("constant affine outside") {
      let last = $0.count(.norms) - 1
      $0[norm: last].constant = .max
      return .weightsOutOfRange(section: Section.norms.rawValue, index: last)
    },
  ]

  @Test(arguments: norms) func norm(_ hostile: Hostile) throws { try hostile.check() }
}
