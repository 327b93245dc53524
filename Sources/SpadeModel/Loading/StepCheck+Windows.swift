// Steps that number a level's windows, and those that make something of them.

extension StepCheck {
  func checkWindows(_ level: LevelIndex, _ rows: Range<Int>) throws(StepRule) {
    guard Int(level) < model.levelCount else { throw .operand }
    let l = model.level(level)
    let radius = Int(model.configuration.kernelSize) / 2
    let innerRowCount = min(rows.upperBound + radius, Int(l.height)) - max(rows.lowerBound - radius, 0)
    guard rows.upperBound <= Int(l.height) else { throw .rowsOutside }
    guard rows.count * Int(l.width) <= Int(l.outerCapacity) else { throw .outerWindows }
    guard innerRowCount * Int(l.width) <= Int(l.innerCapacity) else { throw .innerWindows }
    try requireAlive(l.buffer)
    windowSteps[Int(level)] = UInt32(index + 1)
  }

  func checkHidden(_ norm: NormIndex, _ bias: BufferIndex?, _ rows: Range<Int>) throws(StepRule) {
    let windows = try windowAffine(norm, rows)
    if let bias { try requireStyleBias(bias, of: windows.table) }
    hiddenSteps[Int(norm)] = UInt32(index + 1)
  }

  func checkAffine(_ norm: NormIndex, _ rows: Range<Int>) throws(StepRule) {
    let windows = try windowAffine(norm, rows)
    try requireAlive(windows.affineBuffer.rawValue)
    let numbered = windowSteps[Int(windows.level)]
    guard numbered > 0 else { throw .windowsMissing }
    guard hiddenSteps[Int(norm)] > numbered else { throw .activationsMissing }
    guard windows.features == nil || statisticsSteps[Int(norm)] > 0 else { throw .statisticsMissing }
    affineSteps[Int(norm)] = UInt32(index + 1)
  }

  func checkStatistics(_ norm: NormIndex, _ rows: Range<Int>) throws(StepRule) {
    let windows = try windowAffine(norm, rows)
    guard windows.features != nil else { throw .operandShape }
    let level = model.level(windows.level)
    guard rows == 0..<Int(level.height) else { throw .rowOrder }
    // Windows are numbered from a row on as far as they fit: at least those of one row.
    let reach = min(Int(model.configuration.kernelSize), Int(level.height))
    guard level.width <= level.outerCapacity else { throw .outerWindows }
    guard reach * Int(level.width) <= Int(level.innerCapacity) else { throw .innerWindows }
    // Which windows are numbered after it depends on the map.
    windowSteps[Int(windows.level)] = 0
    statisticsSteps[Int(norm)] = UInt32(index + 1)
  }

  /// What `hidden`, `affine` and `statistics` work with.
  private func windowAffine(_ norm: NormIndex, _ rows: Range<Int>) throws(StepRule) -> WindowAffine {
    guard Int(norm) < model.normCount else { throw .operand }
    guard let windows = model.norm(norm).windowAffine else { throw .operandShape }
    let level = model.level(windows.level)
    guard rows.upperBound <= Int(level.height) else { throw .rowsOutside }
    try requireAlive(level.buffer)
    try requireAlive(windows.hiddenBuffer.rawValue)
    return windows
  }

  func check(_ m: StepOperation.Modulation, _ rows: Range<Int>) throws(StepRule) {
    guard Int(m.norm) < model.normCount else { throw .operand }
    let n = model.norm(m.norm)
    let input = try buffer(m.input, .wide)
    let output = try buffer(m.output, .codes)
    guard input.channels == n.channels, output.channels == n.channels << n.isFine else { throw .channels }
    guard input.isSize(of: output, shift: m.inputShift) else { throw .size }
    try requireRows(m.input, rows, shift: m.inputShift)
    if case .symbols = n.source { try requireCells(output) }
    if let windows = n.windowAffine {
      let level = model.level(windows.level)
      guard level.width == output.width, level.height == output.height else { throw .size }
      try requireAlive(windows.affineBuffer.rawValue)
      try requireAlive(level.buffer)
      let numbered = windowSteps[Int(windows.level)]
      guard numbered > 0 else { throw .windowsMissing }
      guard affineSteps[Int(m.norm)] > numbered else { throw .affinesMissing }
      let covered = model.step(Int(numbered) - 1)
      guard Int(covered.rowStart) <= rows.lowerBound, rows.upperBound <= Int(covered.rowEnd) else {
        throw .windowRows
      }
    }
    try write(m.output, rows)
  }
}
