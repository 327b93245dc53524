// The other steps that write tensors, and what all of them require of tensors.

extension StepCheck {
  func check(_ n: StepOperation.Normalization, _ rows: Range<Int>) throws(StepRule) {
    let input = try buffer(n.input, .wide)
    let output = try buffer(n.output, .wide)
    guard input.channels == output.channels else { throw .channels }
    guard input.isSize(of: output, shift: 0) else { throw .size }
    guard input.rowCapacity == input.height else { throw .partialTensor }
    try requireWhole(output, rows)
    let scales = ModelFormat.normalizeScales
    guard scales.contains(n.scale), scales.contains(n.inverseScale) else { throw .scale }
    try requireRows(n.input, rows, shift: 0)
    try write(n.output, rows)
  }

  func checkLabelFirst(
    _ table: TableIndex, _ bias: BufferIndex?, _ output: BufferIndex, _ rows: Range<Int>
  ) throws(StepRule) {
    guard Int(table) < model.tableCount else { throw .operand }
    if let bias { try requireStyleBias(bias, of: table) }
    let tensor = try buffer(output, .wide)
    guard model.table(table).channels == tensor.channels else { throw .channels }
    try requireCells(tensor)
    try write(output, rows)
  }

  /// Each pixel of a tensor stands for a square of the picture's, and all for the picture.
  func requireCells(_ tensor: BufferRecord) throws(StepRule) {
    let (width, height) = (Int(tensor.width), Int(tensor.height))
    guard model.width % width == 0, model.height % height == 0, model.width / width == model.height / height
    else { throw .size }
  }

  /// A buffer that is there, of a kind, and alive.
  func buffer(_ index: BufferIndex, _ kind: BufferKind) throws(StepRule) -> BufferRecord {
    guard Int(index) < model.bufferCount else { throw .buffer }
    let b = model.buffer(index)
    guard b.kind == kind.rawValue else { throw .bufferKind }
    try requireAlive(index.rawValue)
    return b
  }

  /// - Parameter buffer: One that is there.
  func requireAlive(_ buffer: UInt32) throws(StepRule) {
    let b = model.buffer(Int(buffer))
    guard Int(b.firstStep) <= index, index <= Int(b.lastStep) else { throw .lifetime }
  }

  /// The step makes all of a tensor that keeps all its rows.
  func requireWhole(_ output: BufferRecord, _ rows: Range<Int>) throws(StepRule) {
    guard output.rowCapacity == output.height else { throw .partialTensor }
    guard rows == 0..<Int(output.height) else { throw .rowOrder }
  }

  /// The rows that pixels of `rows` read at (y >> shift) are there.
  func requireRows(_ buffer: BufferIndex, _ rows: Range<Int>, shift: Int) throws(StepRule) {
    try requireRows(buffer, rows.lowerBound >> shift..<((rows.upperBound - 1) >> shift + 1))
  }

  /// The rows that kernels around pixels of `rows` reach are there.
  func requireRows(_ buffer: BufferIndex, _ rows: Range<Int>, around radius: Int) throws(StepRule) {
    let height = Int(model.buffer(buffer).height)
    guard rows.upperBound <= height else { throw .rowsOutside }
    try requireRows(buffer, max(rows.lowerBound - radius, 0)..<min(rows.upperBound + radius, height))
  }

  /// Earlier steps have written all of `rows` and not replaced the first.
  private func requireRows(_ buffer: BufferIndex, _ rows: Range<Int>) throws(StepRule) {
    let written = Int(writtenRows[Int(buffer)])
    guard rows.upperBound <= written else { throw .notWritten }
    guard written - Int(model.buffer(buffer).rowCapacity) <= rows.lowerBound else { throw .replaced }
  }

  /// Notes rows that the step writes: they follow those written before, and fit in the tensor's buffer together.
  func write(_ output: BufferIndex, _ rows: Range<Int>) throws(StepRule) {
    let tensor = model.buffer(output)
    guard rows.upperBound <= Int(tensor.height) else { throw .rowsOutside }
    guard rows.lowerBound == Int(writtenRows[Int(output)]) else { throw .rowOrder }
    guard rows.count <= Int(tensor.rowCapacity) else { throw .rowCapacity }
    writtenRows[Int(output)] = UInt32(rows.upperBound)
  }
}

extension BufferRecord {
  /// Whether its pixels at (x >> shift, y >> shift) are those of a tensor.
  func isSize(of large: BufferRecord, shift: Int) -> Bool {
    Int(width) << shift == Int(large.width) && Int(height) << shift == Int(large.height)
  }
}
