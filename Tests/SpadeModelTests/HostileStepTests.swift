import SpadeModel
import SpadeTestSupport
import Testing

private func broken(_ index: Int, _ rule: ModelError.StepRule) -> ModelError {
  .badStep(index: index, rule: rule)
}

/// Rules about single steps: kinds, indices, shapes, scales.
@Suite struct HostileStepTests {
  static let kindsAndIndices: [Hostile] = [
    Hostile("unknown kind") {
      $0[step: 2].kind = 9
      return broken(2, .kind)
    },
    Hostile("name") {
      $0[step: 1].name = .max
      return broken(1, .index)
    },
    Hostile("block") {
      $0[step: 1].block = $0.configuration.nameCount
      return broken(1, .index)
    },
    Hostile("level of windows") {
      let index = $0.firstStep(.windows)
      $0[step: index].operand = $0.configuration.levelCount
      return broken(index, .index)
    },
    Hostile("norm of activations") {
      let index = $0.firstStep(.hidden)
      $0[step: index].operand = $0.configuration.normCount
      return broken(index, .index)
    },
    Hostile("norm of a modulation") {
      let index = $0.firstStep(.modulate)
      $0[step: index].operand = .max
      return broken(index, .index)
    },
    Hostile("product of a convolution") {
      let index = $0.firstStep(.convolve)
      $0[step: index].operand = $0.configuration.productCount
      return broken(index, .index)
    },
    Hostile("table of the first tensor") {
      $0[step: 0].operand = $0.configuration.tableCount
      return broken(0, .index)
    },
    Hostile("product of a style", .style) {
      $0[step: 0].operand = $0.configuration.productCount
      return broken(0, .index)
    },
    Hostile("product of the picture") {
      let index = $0.firstStep(.picture)
      $0[step: index].operand = ModelFormat.none
      return broken(index, .index)
    },
    Hostile("input") {
      let index = $0.firstStep(.modulate)
      $0[step: index].input = ModelFormat.none
      return broken(index, .index)
    },
    Hostile("output") {
      let index = $0.firstStep(.convolve)
      $0[step: index].output = $0.configuration.bufferCount
      return broken(index, .index)
    },
    Hostile("residual") {
      let index = $0.firstStep(.convolve) { $0.residual != ModelFormat.none }
      $0[step: index].residual = $0.configuration.bufferCount
      return broken(index, .index)
    },
    Hostile("style codes", .style) {
      $0[step: 0].input = $0.configuration.bufferCount
      return broken(0, .index)
    },
  ]

  static let shapes: [Hostile] = [
    Hostile("input shift") {
      let index = $0.firstStep(.modulate)
      $0[step: index].inputShift = 2
      return broken(index, .shape)
    },
    Hostile("halves that are none") {
      let index = $0.firstStep(.modulate)
      $0[step: index].inputShift ^= 1
      return broken(index, .shape)
    },
    Hostile("windows with an output") {
      let index = $0.firstStep(.windows)
      $0[step: index].output = 0
      return broken(index, .shape)
    },
    Hostile("activations of a constant affine") {
      let index = $0.firstStep(.hidden)
      $0[step: index].operand = UInt32($0.count(.norms) - 1)
      return broken(index, .shape)
    },
    Hostile("modulation from codes") {
      let index = $0.firstStep(.modulate)
      $0[step: index].input = $0[step: index].output
      return broken(index, .shape)
    },
    Hostile("modulation of other channels") {
      let index = $0.firstStep(.modulate)
      let mine = $0[norm: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherNorm { $0.channels != mine.channels }
      return broken(index, .shape)
    },
    Hostile("modulation with another level") {
      let index = $0.firstStep(.modulate)
      let mine = $0[norm: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherNorm {
        $0.channels == mine.channels && $0.level != mine.level && $0.level != ModelFormat.none
      }
      return broken(index, .shape)
    },
    Hostile("convolution of another depth") {
      let index = $0.firstStep(.convolve)
      let mine = $0[product: Int($0[step: index].operand)]
      $0[step: index].operand = $0.otherProduct { $0.depth != mine.depth }
      return broken(index, .shape)
    },
    Hostile("convolution of another width") {
      let index = $0.firstStep(.convolve)
      $0[product: Int($0[step: index].operand)].panelCount -= 1
      return broken(index, .shape)
    },
    Hostile("residual of another size") {
      let index = $0.firstStep(.convolve) { $0.residual != ModelFormat.none }
      $0[step: index].residualShift ^= 1
      return broken(index, .shape)
    },
    Hostile("shifted first tensor") {
      $0[step: 0].inputShift = 1
      return broken(0, .shape)
    },
    Hostile("style of another depth", .style) {
      $0.configuration.styleCount = 17
      return broken(0, .shape)
    },
    Hostile("style codes in a small buffer", .style) {
      $0[buffer: Int($0[step: 0].input)].byteCount = 16
      return broken(0, .shape)
    },
    Hostile("a picture with several panels") {
      let index = $0.firstStep(.picture)
      $0[step: index].operand = $0.otherProduct { $0.panelCount > 1 }
      return broken(index, .shape)
    },
    Hostile("a picture from a small tensor") {
      let index = $0.firstStep(.picture)
      let buffer = Int($0[step: $0.firstStep(.modulate)].output)
      $0[step: index].input = UInt32(buffer)
      $0[buffer: buffer].lastStep = $0.configuration.stepCount - 1
      $0.move(buffer: buffer)
      return broken(index, .shape)
    },
    Hostile("a workspace for a modulation") {
      let tiles = $0.firstTiledStep
      let index = $0.firstStep(.modulate)
      $0[step: index].workspace = $0[step: tiles].workspace
      return broken(index, .shape)
    },
    Hostile("a workspace that is a tensor") {
      let index = $0.firstTiledStep
      $0[step: index].workspace = $0[step: index].input
      return broken(index, .shape)
    },
    Hostile("a workspace that is not there") {
      let index = $0.firstTiledStep
      $0[step: index].workspace = $0.configuration.bufferCount
      return broken(index, .index)
    },
    Hostile("a workspace without room for a tile") {
      let index = $0.firstTiledStep
      $0[buffer: Int($0[step: index].workspace)].byteCount = 64
      return broken(index, .shape)
    },
    Hostile("a workspace without scratch") {
      $0.configuration.usesWinograd = 0
      return broken($0.firstTiledStep, .shape)
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
  @Test(arguments: scales) func scale(_ hostile: Hostile) throws { try hostile.check() }
}

/// The first step that would miss a row if a buffer kept one row less; `nil` where a step before could not write then.
private func firstReaderTooLate(_ file: ModelFile, _ index: Int) -> Int? {
  let buffer = file[buffer: index]
  guard buffer.kind != BufferKind.raw.rawValue, buffer.rowCapacity < buffer.height else { return nil }
  let capacity = Int(buffer.rowCapacity) - 1
  var written = 0
  for step in 0..<file.count(.steps) {
    let s = file[step: step]
    var first = written
    if s.kind == StepKind.convolve.rawValue || s.kind == StepKind.picture.rawValue, Int(s.input) == index {
      first = max(Int(s.rowStart) - Int(file[product: Int(s.operand)].kernelSize) / 2, 0)
    } else if s.kind == StepKind.modulate.rawValue, Int(s.input) == index {
      first = Int(s.rowStart >> s.inputShift)
    }
    if Int(s.residual) == index { first = min(first, Int(s.rowStart >> s.residualShift)) }
    if written - first > capacity { return step }
    if Int(s.output) == index {
      if Int(s.rowEnd - s.rowStart) > capacity { return nil }
      written = Int(s.rowEnd)
    }
  }
  return nil
}

/// Rules about steps together: rows, order, lifetimes.
@Suite struct HostileOrderTests {
  static let rows: [Hostile] = [
    Hostile("no rows") {
      $0[step: 3].rowEnd = $0[step: 3].rowStart
      return broken(3, .rows)
    },
    Hostile("the first row missing") {
      $0[step: 0].rowStart = 1
      return broken(0, .rows)
    },
    Hostile("more rows than the tensor has") {
      $0[step: 0].rowEnd = .max
      return broken(0, .rows)
    },
    Hostile("rows twice") {
      $0[step: 1] = $0[step: 0]
      return broken(1, .rows)
    },
    Hostile("more rows than the tensor keeps") { file in
      let index = file.firstStep(.modulate) {
        let output = file[buffer: Int($0.output)]
        return output.rowCapacity < output.height
      }
      let step = file[step: index]
      file[buffer: Int(step.output)].rowCapacity = step.rowEnd - step.rowStart - 1
      return broken(index, .rows)
    },
    Hostile("windows beyond the level") {
      let index = $0.firstStep(.windows)
      $0[step: index].rowEnd = $0[level: Int($0[step: index].operand)].height + 1
      return broken(index, .rows)
    },
    Hostile("more windows than the level keeps") {
      let index = $0.firstStep(.windows)
      $0[level: Int($0[step: index].operand)].outerCapacity = 1
      return broken(index, .rows)
    },
    Hostile("more inner windows than the level keeps") {
      let index = $0.firstStep(.windows)
      $0[level: Int($0[step: index].operand)].innerCapacity = 1
      return broken(index, .rows)
    },
    Hostile("a row of the picture missing") {
      let index = $0.firstStep(.picture) { $0.rowStart > 0 }
      $0[step: index].rowStart += 1
      return broken(index, .rows)
    },
    Hostile("the last row of the picture missing") {
      let count = $0.count(.steps)
      $0[step: count - 1].rowEnd -= 1
      return broken(count, .rows)
    },
    Hostile("half a normalisation", .instanceEdges) {
      let index = $0.firstStep(.normalize)
      $0[step: index].rowEnd -= 1
      return broken(index, .rows)
    },
  ]

  static let order: [Hostile] = [
    Hostile("a convolution ahead of its input") {
      let writer = $0.firstStep(.modulate)
      let output = $0[step: writer].output
      $0[step: writer].rowEnd -= 1
      return broken($0.firstStep(.convolve) { $0.input == output }, .notReady)
    },
    Hostile("an input that nobody has written") {
      let index = $0.firstStep(.modulate)
      // What the convolution after it writes, made to live early enough.
      let wide = Int($0[step: $0.firstStep(.convolve)].output)
      $0[step: index].input = UInt32(wide)
      $0[buffer: wide].firstStep = UInt32(index)
      $0.move(buffer: wide)
      return broken(index, .notReady)
    },
    Hostile("rows that later ones replaced") { file in
      for index in 0..<file.count(.buffers) {
        if let reader = firstReaderTooLate(file, index) {
          file[buffer: index].rowCapacity -= 1
          return broken(reader, .notReady)
        }
      }
      return .badTest
    },
    Hostile("windows that are not numbered") {
      let index = $0.firstStep(.modulate)
      let level = $0[norm: Int($0[step: index].operand)].level
      $0[step: $0.firstStep(.windows) { $0.operand == level }].rowEnd -= 1
      return broken(index, .windows)
    },
    Hostile("affines without activations") {
      let hidden = $0.firstStep(.hidden)
      $0[step: hidden] = $0[step: $0.firstStep(.windows)]
      return broken(hidden + 1, .windows)
    },
    Hostile("a modulation without affines") {
      let affine = $0.firstStep(.affine)
      $0[step: affine] = $0[step: $0.firstStep(.windows)]
      return broken($0.firstStep(.modulate), .windows)
    },
    Hostile("affines before activations") {
      let hidden = $0.firstStep(.hidden)
      let step = $0[step: hidden]
      $0[step: hidden] = $0[step: hidden + 1]
      $0[step: hidden + 1] = step
      let affines = Int($0[norm: Int(step.operand)].affineBuffer)
      $0[buffer: affines].firstStep = UInt32(hidden)
      $0.move(buffer: affines)
      return broken(hidden, .windows)
    },
  ]

  static let lifetimes: [Hostile] = [
    Hostile("a tensor written before its life") {
      let index = $0.firstStep(.convolve)
      $0[buffer: Int($0[step: index].output)].firstStep += 1
      return broken(index, .lifetime)
    },
    Hostile("a tensor read after its life") {
      let index = $0.firstStep(.convolve)
      $0[buffer: Int($0[step: index].input)].lastStep = UInt32(index - 1)
      return broken(index, .lifetime)
    },
    Hostile("windows after their life") {
      let windows = $0.firstStep(.windows)
      $0[buffer: Int($0[level: Int($0[step: windows].operand)].buffer)].lastStep = UInt32(windows)
      return broken(windows + 1, .lifetime)
    },
    Hostile("activations after their life") {
      let hidden = $0.firstStep(.hidden)
      $0[buffer: Int($0[norm: Int($0[step: hidden].operand)].hiddenBuffer)].lastStep = UInt32(hidden)
      return broken(hidden + 1, .lifetime)
    },
    Hostile("affines after their life") {
      let modulate = $0.firstStep(.modulate)
      let norm = $0[norm: Int($0[step: modulate].operand)]
      $0[buffer: Int(norm.affineBuffer)].lastStep = UInt32(modulate - 1)
      return broken(modulate, .lifetime)
    },
    Hostile("style codes that begin late", .style) {
      let buffer = Int($0[step: 0].input)
      $0[buffer: buffer].firstStep = 1
      $0[buffer: buffer].lastStep = 1
      $0.move(buffer: buffer)
      return broken(0, .lifetime)
    },
  ]

  @Test(arguments: rows) func rowRange(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: order) func inOrder(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: lifetimes) func lifetime(_ hostile: Hostile) throws { try hostile.check() }
}

extension ModelFile {
  /// The first convolution in tiles.
  fileprivate var firstTiledStep: Int {
    (0..<count(.steps)).first { self[step: $0].workspace != ModelFormat.none }!
  }
}
