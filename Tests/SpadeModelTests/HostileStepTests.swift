import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about single steps: kinds, indices, shapes, scales.
@Suite struct HostileStepTests {
  static let kindsAndIndices: [Hostile] = [
    Hostile("unknown kind") {
      $0[step: 2].kind = 0xFF
      return broken(2, .kind)
    },
    Hostile("name") {
      $0[step: 1].name = .max
      return broken(1, .name)
    },
    Hostile("block") {
      $0[step: 1].block = $0.configuration.nameCount
      return broken(1, .name)
    },
    Hostile("level of windows") {
      let index = $0.firstStep(.windows)
      $0[step: index].operand = $0.configuration.levelCount
      return broken(index, .operand)
    },
    Hostile("norm of activations") {
      let index = $0.firstStep(.hidden)
      $0[step: index].operand = $0.configuration.normCount
      return broken(index, .operand)
    },
    Hostile("norm of a modulation") {
      let index = $0.firstStep(.modulate)
      $0[step: index].operand = .max
      return broken(index, .operand)
    },
    Hostile("product of a convolution") {
      let index = $0.firstStep(.convolve)
      $0[step: index].operand = $0.configuration.productCount
      return broken(index, .operand)
    },
    Hostile("table of the first tensor") {
      $0[step: 0].operand = $0.configuration.tableCount
      return broken(0, .operand)
    },
    Hostile("product of a style", .style) {
      $0[step: 0].operand = $0.configuration.productCount
      return broken(0, .operand)
    },
    Hostile("product of what a style adds", .noise) {
      $0[step: 0].operand = $0.configuration.productCount
      return broken(0, .operand)
    },
    Hostile("product of the picture") {
      let index = $0.firstStep(.picture)
      $0[step: index].operand = ModelFormat.none
      return broken(index, .operand)
    },
    Hostile("input") {
      let index = $0.firstStep(.modulate)
      $0[step: index].input = ModelFormat.none
      return broken(index, .buffer)
    },
    Hostile("output") {
      let index = $0.firstStep(.convolve)
      $0[step: index].output = $0.configuration.bufferCount
      return broken(index, .buffer)
    },
    Hostile("residual") {
      let index = $0.firstStep(.convolve) { $0.residual != ModelFormat.none }
      $0[step: index].residual = $0.configuration.bufferCount
      return broken(index, .buffer)
    },
    Hostile("style codes", .style) {
      $0[step: 0].input = $0.configuration.bufferCount
      return broken(0, .buffer)
    },
    Hostile("style codes of what a style adds", .noise) {
      $0[step: 0].input = $0.configuration.bufferCount
      return broken(0, .buffer)
    },
    Hostile("where what a style adds goes", .noise) {
      $0[step: 0].output = $0.configuration.bufferCount
      return broken(0, .buffer)
    },
    Hostile("what a style adds to a first tensor", .noise) {
      let index = $0.firstStep(.labelFirst)
      $0[step: index].input = $0.configuration.bufferCount
      return broken(index, .buffer)
    },
    Hostile("what a style adds to activations", .noise) {
      let index = $0.firstStep(.hidden)
      $0[step: index].input = $0.configuration.bufferCount
      return broken(index, .buffer)
    },
  ]

  static let shapes: [Hostile] = [
    Hostile("input shift") {
      let index = $0.firstStep(.modulate)
      $0[step: index].inputShift = 2
      return broken(index, .shift)
    },
    Hostile("halves that are none") {
      let index = $0.firstStep(.modulate)
      $0[step: index].inputShift ^= 1
      return broken(index, .size)
    },
    Hostile("windows with an output") {
      let index = $0.firstStep(.windows)
      $0[step: index].output = 0
      return broken(index, .strayField)
    },
    Hostile("activations of a constant affine") {
      let index = $0.firstStep(.hidden)
      $0[step: index].operand = UInt32($0.count(.norms) - 1)
      return broken(index, .operandShape)
    },
    Hostile("modulation from codes") {
      let index = $0.firstStep(.modulate)
      $0[step: index].input = $0[step: index].output
      return broken(index, .bufferKind)
    },
    Hostile("modulation of other channels") {
      let index = $0.firstStep(.modulate)
      let mine = $0[norm: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherNorm { $0.channels != mine.channels }
      return broken(index, .channels)
    },
    Hostile("fine codes in a tensor without room for their lows") {
      let index = $0.firstStep(.modulate)
      let output = Int($0[step: index].output)
      $0[buffer: output].channels /= 2
      return broken(index, .channels)
    },
    Hostile("modulation with another level") {
      let index = $0.firstStep(.modulate)
      let mine = $0[norm: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherNorm {
        $0.channels == mine.channels && $0.level != mine.level && $0.level != ModelFormat.none
      }
      return broken(index, .size)
    },
    Hostile("convolution of another depth") {
      let index = $0.firstStep(.convolve)
      let mine = $0[product: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherProduct { $0.depth != mine.depth }
      return broken(index, .channels)
    },
    Hostile("convolution of another width") {
      let index = $0.firstStep(.convolve)
      $0[product: Int($0[step: index].operand)].panelCount -= 1
      $0[product: Int($0[step: index].operand)].usedColumns = 1
      return broken(index, .channels)
    },
    Hostile("residual of another size") {
      let index = $0.firstStep(.convolve) { $0.residual != ModelFormat.none }
      $0[step: index].residualShift ^= 1
      return broken(index, .size)
    },
    Hostile("shifted first tensor") {
      $0[step: 0].inputShift = 1
      return broken(0, .strayField)
    },
    Hostile("style of another depth", .style) {
      $0.configuration.styleCount = 17
      return broken(0, .operandShape)
    },
    Hostile("style codes in a small buffer", .style) {
      $0[buffer: Int($0[step: 0].input)].byteCount = 16
      return broken(0, .codeBuffer)
    },
    Hostile("a style of another depth beside the labels", .noise) {
      $0.configuration.styleCount = 17
      return broken(0, .operandShape)
    },
    Hostile("style codes without their row of zeros", .noise) {
      let codes = Int($0[step: 0].input)
      $0[buffer: codes].byteCount = $0[product: Int($0[step: 0].operand)].depth * 3 - 1
      return broken(0, .codeBuffer)
    },
    Hostile("what a style adds in a buffer that is too small", .noise) {
      let product = $0[product: Int($0[step: 0].operand)]
      let kinds = ModelFormat.borderKindCount(kernelSize: Int(product.kernelSize))
      $0[buffer: Int($0[step: 0].output)].byteCount = UInt32(kinds) * product.panelCount * 32 - 1
      return broken(0, .codeBuffer)
    },
    Hostile("what a style adds in a tensor", .noise) {
      let tensor = Int($0[step: $0.firstStep(.labelFirst)].output)
      $0[step: 0].output = UInt32(tensor)
      $0[buffer: tensor].firstStep = 0
      $0.move(buffer: tensor)
      return broken(0, .bufferKind)
    },
    Hostile("what a style adds to another table's sums", .noise) {
      let (first, hidden) = ($0.firstStep(.labelFirst), $0.firstStep(.hidden))
      let bias = Int($0[step: first].input)
      $0[step: hidden].input = UInt32(bias)
      $0[buffer: bias].lastStep = UInt32(hidden)
      $0.move(buffer: bias)
      return broken(hidden, .biasMissing)
    },
    Hostile("a scale of what a style adds", .noise) {
      $0[step: 0].scale = 1
      return broken(0, .strayField)
    },
    Hostile("a picture with several panels") {
      let index = $0.firstStep(.picture)
      $0[step: index].operand = $0.otherProduct { $0.panelCount > 1 }
      return broken(index, .operandShape)
    },
    Hostile("a picture of more channels than ngf") {
      $0.configuration.channelUnit = 17
      return broken($0.firstStep(.picture), .operandShape)
    },
    Hostile("a picture from a small tensor") {
      let index = $0.firstStep(.picture)
      let buffer = Int($0[step: $0.firstStep(.modulate)].output)
      $0[step: index].input = UInt32(buffer)
      $0[buffer: buffer].lastStep = $0.configuration.stepCount - 1
      $0.move(buffer: buffer)
      return broken(index, .size)
    },
    Hostile("a workspace for a modulation") {
      let tiles = $0.firstTiledStep
      let index = $0.firstStep(.modulate)
      $0[step: index].workspace = $0[step: tiles].workspace
      return broken(index, .strayField)
    },
    Hostile("a workspace that is a tensor") {
      let index = $0.firstTiledStep
      $0[step: index].workspace = $0[step: index].input
      return broken(index, .bufferKind)
    },
    Hostile("a workspace that is not there") {
      let index = $0.firstTiledStep
      $0[step: index].workspace = $0.configuration.bufferCount
      return broken(index, .buffer)
    },
    Hostile("a workspace without room for a tile") {
      let index = $0.firstTiledStep
      $0[buffer: Int($0[step: index].workspace)].byteCount = 64
      return broken(index, .workspace)
    },
    Hostile("a workspace without scratch") {
      $0.configuration.usesWinograd = 0
      return broken($0.firstTiledStep, .tiles)
    },
  ]

  static let tensors: [Hostile] = [
    Hostile("a style in a tensor that is not kept whole", .style) {
      $0[buffer: Int($0[step: 0].output)].rowCapacity -= 1
      return broken(0, .partialTensor)
    },
    Hostile("a picture with a residual") {
      let index = $0.firstStep(.picture)
      $0[step: index].residual = 0x7FFF_FFFF
      return broken(index, .strayField)
    },
    Hostile("a reserved field") {
      $0[step: 1].reserved = 1
      return broken(1, .strayField)
    },
  ]

  static let scales: [Hostile] =
    [-1, Float(16384).nextUp, .nan, .infinity].map { scale in
      Hostile("residual scale \(scale)") {
        let index = $0.firstStep(.convolve) { $0.residual != ModelFormat.none }
        $0[step: index].scale = scale
        return broken(index, .scale)
      }
    }
    + [0, -1, .nan, .infinity, 0x1p-49, 0x1p49].flatMap { (scale: Float) in
      [
        Hostile("normalize from \(scale)", .instanceEdges) {
          let index = $0.firstStep(.normalize)
          $0[step: index].scale = scale
          return broken(index, .scale)
        },
        Hostile("normalize to \(scale)", .instanceEdges) {
          let index = $0.firstStep(.normalize)
          $0[step: index].inverseScale = scale
          return broken(index, .scale)
        },
      ]
    }

  @Test(arguments: kindsAndIndices) func index(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: shapes) func shape(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: tensors) func tensor(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: scales) func scale(_ hostile: Hostile) throws { try hostile.check() }
}

extension ModelFile {
  /// The first convolution in tiles.
  fileprivate var firstTiledStep: Int {
    (0..<count(.steps)).first { self[step: $0].workspace != ModelFormat.none }!
  }
}
