import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about buffers.
@Suite struct HostileBufferTests {
  static let buffers: [Hostile] = [
    Hostile("kind") {
      $0[buffer: 0].kind = 3
      return .badBuffer(index: 0, rule: .kind)
    },
    Hostile("name") {
      $0[buffer: 0].name = $0.configuration.nameCount
      return .badBuffer(index: 0, rule: .name)
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
      return .badBuffer(index: 0, rule: .byteCount)
    },
    Hostile("a wide tensor larger than its bytes") {
      let index = $0.firstBuffer(.wide)
      let b = $0[buffer: index]
      $0[buffer: index].byteCount = b.rowCapacity * b.width * b.channels * 2 - 1
      return .badBuffer(index: index, rule: .tensor)
    },
    Hostile("no room for the pixel outside") {
      let index = $0.firstBuffer(.codes)
      let b = $0[buffer: index]
      $0[buffer: index].byteCount = b.rowCapacity * b.width * b.channels
      return .badBuffer(index: index, rule: .tensor)
    },
    Hostile("channels not in sixteens") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].channels -= 8
      return .badBuffer(index: index, rule: .channels)
    },
    Hostile("more channels used than there are") {
      let index = $0.firstBuffer(.codes)
      $0[buffer: index].usedChannels = $0[buffer: index].channels + 1
      return .badBuffer(index: index, rule: .usedChannels)
    },
    Hostile("no width") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].width = 0
      return .badBuffer(index: index, rule: .width)
    },
    Hostile("higher than any picture") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].height = 4097
      return .badBuffer(index: index, rule: .height)
    },
    Hostile("no rows kept") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].rowCapacity = 0
      return .badBuffer(index: index, rule: .rowCapacity)
    },
    Hostile("more rows kept than there are") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].rowCapacity = $0[buffer: index].height + 1
      return .badBuffer(index: index, rule: .rowCapacity)
    },
    Hostile("a scale that is no number") {
      let index = $0.firstBuffer(.wide)
      $0[buffer: index].scale = .nan
      return .badBuffer(index: index, rule: .scale)
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
    Hostile("style codes of many in the symbols' buffer", .noise) {
      $0[step: 0].input = $0.configuration.symbolBuffer
      return .badBuffer(index: Int($0.configuration.symbolBuffer), rule: .shared)
    },
    Hostile("what a style adds in the symbols' buffer", .noise) {
      $0[step: 0].output = $0.configuration.symbolBuffer
      return .badBuffer(index: Int($0.configuration.symbolBuffer), rule: .shared)
    },
    Hostile("what a style adds over its codes", .noise) {
      $0[step: 0].output = $0[step: 0].input
      return .badBuffer(index: Int($0[step: 0].input), rule: .shared)
    },
    Hostile("what a style adds to two tables in one buffer", .noise) {
      let other = $0.firstStep(.styleBias) { [output = $0[step: 0].output] in $0.output != output }
      $0[step: other].output = $0[step: 0].output
      return .badBuffer(index: Int($0[step: 0].output), rule: .shared)
    },
    Hostile("a workspace in a level's buffer") {
      $0[step: $0.firstStep(.convolve)].workspace = $0[level: 0].buffer
      return .badBuffer(index: Int($0[level: 0].buffer), rule: .shared)
    },
  ]

  @Test(arguments: buffers) func buffer(_ hostile: Hostile) throws { try hostile.check() }
}
