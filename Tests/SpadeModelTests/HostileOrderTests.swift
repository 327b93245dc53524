import SpadeModel
import SpadeTestSupport
import Testing

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
      return broken(3, .noRows)
    },
    Hostile("the first row missing") {
      $0[step: 0].rowStart = 1
      return broken(0, .rowOrder)
    },
    Hostile("more rows than the tensor has") {
      $0[step: 0].rowEnd = .max
      return broken(0, .rowsOutside)
    },
    Hostile("rows twice") {
      $0[step: 1] = $0[step: 0]
      return broken(1, .rowOrder)
    },
    Hostile("more rows than the tensor keeps") { file in
      let index = file.firstStep(.modulate) {
        let output = file[buffer: Int($0.output)]
        return output.rowCapacity < output.height
      }
      let step = file[step: index]
      file[buffer: Int(step.output)].rowCapacity = step.rowEnd - step.rowStart - 1
      return broken(index, .rowCapacity)
    },
    Hostile("windows beyond the level") {
      let index = $0.firstStep(.windows)
      $0[step: index].rowEnd = $0[level: Int($0[step: index].operand)].height + 1
      return broken(index, .rowsOutside)
    },
    Hostile("more windows than the level keeps") {
      let index = $0.firstStep(.windows)
      $0[level: Int($0[step: index].operand)].outerCapacity = 1
      return broken(index, .outerWindows)
    },
    Hostile("more inner windows than the level keeps") {
      let index = $0.firstStep(.windows)
      $0[level: Int($0[step: index].operand)].innerCapacity = 1
      return broken(index, .innerWindows)
    },
    Hostile("a row of the picture missing") {
      let index = $0.firstStep(.picture) { $0.rowStart > 0 }
      $0[step: index].rowStart += 1
      return broken(index, .rowOrder)
    },
    Hostile("the last row of the picture missing") {
      let count = $0.count(.steps)
      let height = Int($0.configuration.height)
      $0[step: count - 1].rowEnd -= 1
      return .pictureIncomplete(rowCount: height - 1, required: height)
    },
    Hostile("what a style adds in two rows", .noise) {
      $0[step: 0].rowEnd = 2
      return broken(0, .rowOrder)
    },
    Hostile("a normalisation of more rows", .instanceEdges) {
      let index = $0.firstStep(.normalize)
      $0[step: index].rowEnd += 1
      return broken(index, .rowOrder)
    },
  ]

  static let order: [Hostile] = [
    Hostile("a convolution ahead of its input") {
      let writer = $0.firstStep(.modulate)
      let output = $0[step: writer].output
      $0[step: writer].rowEnd -= 1
      return broken($0.firstStep(.convolve) { $0.input == output }, .notWritten)
    },
    Hostile("an input that nobody has written") {
      let index = $0.firstStep(.modulate)
      // What the convolution after it writes, made to live early enough.
      let wide = Int($0[step: $0.firstStep(.convolve)].output)
      $0[step: index].input = UInt32(wide)
      $0[buffer: wide].firstStep = UInt32(index)
      $0.move(buffer: wide)
      return broken(index, .notWritten)
    },
    Hostile("rows that later ones replaced") { file in
      for index in 0..<file.count(.buffers) {
        if let reader = firstReaderTooLate(file, index) {
          file[buffer: index].rowCapacity -= 1
          return broken(reader, .replaced)
        }
      }
      return .badMetadata
    },
    Hostile("windows that are not numbered") {
      let index = $0.firstStep(.modulate)
      let level = $0[norm: Int($0[step: index].operand)].level
      $0[step: $0.firstStep(.windows) { $0.operand == level }].rowEnd -= 1
      return broken(index, .windowRows)
    },
    Hostile("affines before any windows") {
      let windows = $0.firstStep(.windows)
      let hidden = $0.firstStep(.hidden)
      $0[step: windows] = $0[step: hidden]
      let activations = Int($0[norm: Int($0[step: hidden].operand)].hiddenBuffer)
      $0[buffer: activations].firstStep = UInt32(windows)
      $0.move(buffer: activations)
      return broken($0.firstStep(.affine), .windowsMissing)
    },
    Hostile("activations beyond the level") {
      let index = $0.firstStep(.hidden)
      $0[step: index].rowEnd = .max
      return broken(index, .rowsOutside)
    },
    Hostile("affines without activations") {
      let hidden = $0.firstStep(.hidden)
      $0[step: hidden] = $0[step: $0.firstStep(.windows)]
      return broken(hidden + 1, .activationsMissing)
    },
    Hostile("a modulation without affines") {
      let affine = $0.firstStep(.affine)
      $0[step: affine] = $0[step: $0.firstStep(.windows)]
      return broken($0.firstStep(.modulate), .affinesMissing)
    },
    Hostile("a first tensor before what a style adds", .noise) {
      let first = $0.firstStep(.labelFirst)
      let step = $0[step: first]
      $0[step: first] = $0[step: 0]
      $0[step: 0] = step
      let tensor = Int(step.output)
      $0[buffer: tensor].firstStep = 0
      $0.move(buffer: tensor)
      return broken(0, .biasMissing)
    },
    Hostile("activations before what a style adds", .noise) {
      let hidden = $0.firstStep(.hidden)
      let bias = $0[step: hidden].input
      let writer = $0.firstStep(.styleBias) { $0.output == bias }
      $0[step: writer] = $0[step: $0.firstStep(.windows)]
      $0[buffer: Int(bias)].firstStep = 0
      $0.move(buffer: Int(bias))
      for level in 0..<$0.count(.levels) {
        let buffer = Int($0[level: level].buffer)
        $0[buffer: buffer].firstStep = 0
        $0.move(buffer: buffer)
      }
      return broken(hidden, .biasMissing)
    },
    Hostile("affines before activations") {
      let hidden = $0.firstStep(.hidden)
      let step = $0[step: hidden]
      $0[step: hidden] = $0[step: hidden + 1]
      $0[step: hidden + 1] = step
      let affines = Int($0[norm: Int(step.operand)].affineBuffer)
      $0[buffer: affines].firstStep = UInt32(hidden)
      $0.move(buffer: affines)
      return broken(hidden, .activationsMissing)
    },
  ]

  /// Statistics of features.
  static let statistics: [Hostile] = [
    Hostile("statistics of some rows", .separable) {
      let index = $0.firstStep(.statistics)
      $0[step: index].rowEnd -= 1
      return broken(index, .rowOrder)
    },
    Hostile("statistics of a norm without features", .separable) {
      let index = $0.firstStep(.statistics)
      $0[step: index].operand = UInt32($0.count(.norms) - 1)
      return broken(index, .operandShape)
    },
    Hostile("statistics of features that are none") {
      let index = $0.firstStep(.hidden)
      $0[step: index].kind = StepKind.statistics.rawValue
      return broken(index, .operandShape)
    },
    Hostile("statistics of a norm that is not there", .separable) {
      let index = $0.firstStep(.statistics)
      $0[step: index].operand = UInt32($0.count(.norms))
      return broken(index, .operand)
    },
    Hostile("an operand that statistics have not", .separable) {
      let index = $0.firstStep(.statistics)
      $0[step: index].scale = 1
      return broken(index, .strayField)
    },
    Hostile("A and B without statistics", .separable) {
      let index = $0.firstStep(.statistics)
      $0[step: index] = $0[step: index + 1]
      return broken($0.firstStep(.affine), .statisticsMissing)
    },
    Hostile("windows that statistics may have numbered anew", .separable) {
      let index = $0.firstStep(.statistics)
      let statistics = $0[step: index]
      $0[step: index] = $0[step: index + 1]
      $0[step: index + 1] = statistics
      return broken(index + 3, .windowsMissing)
    },
    Hostile("statistics with room for less than a row's outer windows", .separable) { file in
      let index = file.firstStep(.statistics)
      let level = Int(file[norm: Int(file[step: index].operand)].level)
      file[level: level].outerCapacity = file[level: level].width - 1
      return broken(index, .outerWindows)
    },
    Hostile("statistics with room for less than a row's inner windows", .separable) { file in
      let index = file.firstStep(.statistics)
      let level = Int(file[norm: Int(file[step: index].operand)].level)
      file[level: level].innerCapacity = min(3, file[level: level].height) * file[level: level].width - 1
      return broken(index, .innerWindows)
    },
    Hostile("windows before their life", .separable) {
      let index = $0.firstStep(.statistics)
      let level = $0[level: Int($0[norm: Int($0[step: index].operand)].level)]
      $0[buffer: Int(level.buffer)].firstStep = UInt32(index + 1)
      return broken(index, .lifetime)
    },
    Hostile("moments before their life", .separable) {
      let index = $0.firstStep(.statistics)
      let norm = $0[norm: Int($0[step: index].operand)]
      $0[buffer: Int(norm.hiddenBuffer)].firstStep = UInt32(index + 1)
      return broken(index, .lifetime)
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
    Hostile("style codes beside the labels that begin late", .noise) {
      // A step before them that needs none.
      let first = $0.firstStep(.labelFirst)
      ($0[step: 0], $0[step: first]) = ($0[step: first], $0[step: 0])
      $0[step: 0].input = ModelFormat.none
      let tensor = Int($0[step: 0].output)
      $0[buffer: tensor].firstStep = 0
      $0.move(buffer: tensor)
      $0[buffer: Int($0[step: first].input)].firstStep = 1
      return broken(first, .lifetime)
    },
    Hostile("what a style adds after its life", .noise) {
      let index = $0.firstStep(.labelFirst)
      $0[buffer: Int($0[step: index].input)].lastStep = UInt32(index - 1)
      return broken(index, .lifetime)
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
  @Test(arguments: statistics) func statisticsOfFeatures(_ hostile: Hostile) throws { try hostile.check() }
  @Test(arguments: lifetimes) func lifetime(_ hostile: Hostile) throws { try hostile.check() }
}
