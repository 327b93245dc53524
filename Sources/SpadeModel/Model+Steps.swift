extension Model {
  /// Checks that every step reads and writes inside its buffers, only what earlier steps made, and nothing that
  /// later rows have replaced; that tensors and the picture are written once, from the top; and that the picture is
  /// complete. After this the executor needs no checks, and nothing in the arena before a frame can show in it.
  func checkSteps() throws(ModelError) {
    for index in 0..<stepCount { try checkStep(index) }
    guard pictureEnd(before: stepCount) == height else { throw .badStep(index: stepCount, rule: .rows) }
  }

  private func checkStep(_ index: Int) throws(ModelError) {
    let s = step(index)
    guard let kind = StepKind(rawValue: s.kind) else { throw .badStep(index: index, rule: .kind) }
    func require(_ condition: Bool, _ rule: ModelError.StepRule) throws(ModelError) {
      if !condition { throw .badStep(index: index, rule: rule) }
    }
    try require(s.name < configuration.nameCount && s.block < configuration.nameCount, .index)
    try require(s.inputShift <= 1 && s.residualShift <= 1, .shape)
    try require(s.rowStart < s.rowEnd, .rows)
    try require(kind == .convolve || s.workspace == ModelFormat.none, .shape)
    switch kind {
    case .windows, .hidden, .affine, .picture: try require(s.output == ModelFormat.none, .shape)
    case .modulate, .convolve, .normalize, .labelFirst, .styleFirst: try requireNextRows(s, index)
    }

    switch kind {
    case .windows:
      try require(s.operand < configuration.levelCount, .index)
      let l = level(Int(s.operand))
      let radius = Int(configuration.kernelSize) / 2
      let width = Int(l.width)
      let innerRows = min(Int(s.rowEnd) + radius, Int(l.height)) - max(Int(s.rowStart) - radius, 0)
      try require(s.rowEnd <= l.height, .rows)
      try require(Int(s.rowEnd - s.rowStart) * width <= Int(l.outerCapacity), .rows)
      try require(innerRows * width <= Int(l.innerCapacity), .rows)
      try requireAlive(l.buffer, index)
    case .hidden, .affine:
      try require(s.operand < configuration.normCount, .index)
      let n = norm(Int(s.operand))
      try require(n.level != ModelFormat.none, .shape)
      try requireAlive(level(Int(n.level)).buffer, index)
      try requireAlive(n.hiddenBuffer, index)
      if kind == .affine {
        try requireAlive(n.affineBuffer, index)
        try requireSinceWindows(.hidden, norm: s.operand, index)
      }
    case .modulate:
      try require(s.operand < configuration.normCount, .index)
      let n = norm(Int(s.operand))
      let input = try buffer(s.input, .wide, index)
      let output = try buffer(s.output, .codes, index)
      try require(input.channels == n.channels && output.channels == n.channels, .shape)
      try require(halves(input, output, s.inputShift), .shape)
      try require(s.rowEnd <= output.height, .rows)
      try requireRows(
        s.input, Int(s.rowStart) >> Int(s.inputShift), (Int(s.rowEnd) - 1) >> Int(s.inputShift) + 1, index)
      if n.level != ModelFormat.none {
        let l = level(Int(n.level))
        try require(l.width == output.width && l.height == output.height, .shape)
        try requireAlive(n.affineBuffer, index)
        try requireAlive(l.buffer, index)
        let windows = step(try requireSinceWindows(.affine, norm: s.operand, index))
        try require(windows.rowStart <= s.rowStart && s.rowEnd <= windows.rowEnd, .windows)
      }
    case .convolve:
      try require(s.operand < configuration.productCount, .index)
      let p = product(Int(s.operand))
      let input = try buffer(s.input, .codes, index)
      let output = try buffer(s.output, .wide, index)
      try require(halves(input, output, 0), .shape)
      try require(p.depth == input.channels, .shape)
      try require(Int(p.panelCount) * ModelFormat.panelColumns == Int(output.channels), .shape)
      try require(s.rowEnd <= output.height, .rows)
      try requireKernelRows(s, p, input, index)
      if s.workspace != ModelFormat.none {
        try require(configuration.usesWinograd == 1 && p.kernelSize == 3, .shape)
        try require(p.depth <= UInt32(ModelFormat.winogradDepthLimit), .shape)
        let workspace = try buffer(s.workspace, .raw, index)
        let tileCount = ModelFormat.winogradTileCount(
          workspaceByteCount: Int(workspace.byteCount), depth: Int(p.depth))
        try require(tileCount > 0, .shape)
      }
      if s.residual != ModelFormat.none {
        let residual = try buffer(s.residual, .wide, index)
        try require(residual.channels == output.channels && halves(residual, output, s.residualShift), .shape)
        try require(s.scale >= 0 && s.scale <= 16384, .scale)
        try requireRows(
          s.residual, Int(s.rowStart) >> Int(s.residualShift),
          (Int(s.rowEnd) - 1) >> Int(s.residualShift) + 1, index)
      }
    case .normalize:
      let input = try buffer(s.input, .wide, index)
      let output = try buffer(s.output, .wide, index)
      try require(input.channels == output.channels && halves(input, output, 0), .shape)
      try require(input.rowCapacity == input.height && output.rowCapacity == output.height, .shape)
      try require(s.rowStart == 0 && s.rowEnd == output.height, .rows)
      let scales = ModelFormat.normalizeScales
      try require(scales.contains(s.scale) && scales.contains(s.inverseScale), .scale)
      try requireRows(s.input, 0, Int(input.height), index)
    case .labelFirst:
      try require(s.operand < configuration.tableCount, .index)
      let t = table(Int(s.operand))
      let output = try buffer(s.output, .wide, index)
      try require(t.channels == output.channels && s.inputShift == 0, .shape)
      try require(Int(width) % Int(output.width) == 0 && Int(height) % Int(output.height) == 0, .shape)
      try require(Int(width) / Int(output.width) == Int(height) / Int(output.height), .shape)
      try require(s.rowEnd <= output.height, .rows)
    case .styleFirst:
      try require(s.operand < configuration.productCount, .index)
      let p = product(Int(s.operand))
      let output = try buffer(s.output, .wide, index)
      try require(styleCount > 0 && p.kernelSize == 1, .shape)
      try require(Int(p.depth) == ModelFormat.padded(styleCount, to: ModelFormat.channelBlock), .shape)
      let count = Int(output.width) * Int(output.height) * Int(output.channels)
      try require(Int(p.panelCount) * ModelFormat.panelColumns == count, .shape)
      try require(output.rowCapacity == output.height, .shape)
      try require(s.rowStart == 0 && s.rowEnd == output.height, .rows)
      try require(s.input < configuration.bufferCount, .index)
      let codes = buffer(Int(s.input))
      try require(codes.kind == BufferKind.raw.rawValue && codes.byteCount >= 2 * p.depth, .shape)
      // The codes are written before the first step.
      try require(codes.firstStep == 0, .lifetime)
      try requireAlive(s.input, index)
    case .picture:
      try require(s.operand < configuration.productCount, .index)
      let p = product(Int(s.operand))
      let input = try buffer(s.input, .codes, index)
      try require(Int(input.width) == width && Int(input.height) == height, .shape)
      try require(p.panelCount == 1 && p.depth == input.channels, .shape)
      try require(s.rowEnd <= input.height && Int(s.rowStart) == pictureEnd(before: index), .rows)
      try requireKernelRows(s, p, input, index)
    }
  }

  private func halves(_ small: BufferRecord, _ large: BufferRecord, _ shift: UInt32) -> Bool {
    small.width << shift == large.width && small.height << shift == large.height
  }

  private func buffer(_ index: UInt32, _ kind: BufferKind, _ step: Int) throws(ModelError) -> BufferRecord {
    guard index < configuration.bufferCount else { throw .badStep(index: step, rule: .index) }
    let b = buffer(Int(index))
    guard b.kind == kind.rawValue else { throw .badStep(index: step, rule: .shape) }
    try requireAlive(index, step)
    return b
  }

  private func requireAlive(_ index: UInt32, _ step: Int) throws(ModelError) {
    let b = buffer(Int(index))
    guard Int(b.firstStep) <= step, step <= Int(b.lastStep) else {
      throw .badStep(index: step, rule: .lifetime)
    }
  }

  private func requireKernelRows(
    _ s: StepRecord, _ p: ProductRecord, _ input: BufferRecord, _ index: Int
  ) throws(ModelError) {
    let radius = Int(p.kernelSize) / 2
    try requireRows(
      s.input, max(Int(s.rowStart) - radius, 0), min(Int(s.rowEnd) + radius, Int(input.height)), index)
  }

  /// The steps before `step` must have written rows of `buffer` up to `end` and not have replaced `start`.
  private func requireRows(_ buffer: UInt32, _ start: Int, _ end: Int, _ step: Int) throws(ModelError) {
    let written = rowsWritten(buffer, before: step)
    let capacity = Int(self.buffer(Int(buffer)).rowCapacity)
    guard written > 0, end <= written, written - capacity <= start else {
      throw .badStep(index: step, rule: .notReady)
    }
  }

  /// The rows a step writes follow those written before, and fit in the tensor's buffer together. A step that adds to
  /// its output in place writes rows that are there.
  private func requireNextRows(_ s: StepRecord, _ index: Int) throws(ModelError) {
    guard s.output < configuration.bufferCount else { throw .badStep(index: index, rule: .index) }
    if isInPlace(s) { return try requireRows(s.output, Int(s.rowStart), Int(s.rowEnd), index) }
    guard Int(s.rowStart) == rowsWritten(s.output, before: index),
      s.rowEnd - s.rowStart <= buffer(Int(s.output)).rowCapacity
    else { throw .badStep(index: index, rule: .rows) }
  }

  private func isInPlace(_ s: StepRecord) -> Bool {
    s.kind == StepKind.convolve.rawValue && s.residual == s.output
  }

  /// Rows of a tensor that the steps before `index` write.
  private func rowsWritten(_ buffer: UInt32, before index: Int) -> Int {
    var earlier = index - 1
    while earlier >= 0, step(earlier).output != buffer || isInPlace(step(earlier)) { earlier -= 1 }
    return earlier >= 0 ? Int(step(earlier).rowEnd) : 0
  }

  /// Rows of the picture that the steps before `index` make.
  private func pictureEnd(before index: Int) -> Int {
    var earlier = index - 1
    while earlier >= 0, step(earlier).kind != StepKind.picture.rawValue { earlier -= 1 }
    return earlier >= 0 ? Int(step(earlier).rowEnd) : 0
  }

  /// A step of `kind` for the norm must come after the latest numbering of its level's windows.
  /// - Returns: The step that numbers the windows.
  @discardableResult
  private func requireSinceWindows(_ kind: StepKind, norm: UInt32, _ index: Int) throws(ModelError) -> Int {
    let level = self.norm(Int(norm)).level
    var isMade = false
    var earlier = index - 1
    while earlier >= 0 {
      let e = step(earlier)
      if e.kind == kind.rawValue, e.operand == norm { isMade = true }
      if e.kind == StepKind.windows.rawValue, e.operand == level { break }
      earlier -= 1
    }
    guard earlier >= 0, isMade else { throw .badStep(index: index, rule: .windows) }
    return earlier
  }
}
