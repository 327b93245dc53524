// Steps that multiply: convolutions, the first tensor of a style, the picture.

extension StepCheck {
  func check(_ c: StepOperation.Convolution, _ rows: Range<Int>) throws(StepRule) {
    let p = try product(c.product)
    let input = try buffer(c.input, .codes)
    let output = try buffer(c.output, .wide)
    guard input.isSize(of: output, shift: 0) else { throw .size }
    guard p.reads(input), p.columnCount == Int(output.channels) else { throw .channels }
    try requireRows(c.input, rows, around: Int(p.kernelSize) / 2)
    if let workspace = c.workspace { try checkWorkspace(workspace, p) }
    if let residual = c.residual {
      let added = try buffer(residual.buffer, .wide)
      guard added.channels == output.channels else { throw .channels }
      guard added.isSize(of: output, shift: residual.shift) else { throw .size }
      guard residual.scale >= 0, residual.scale <= 16384 else { throw .scale }
      try requireRows(residual.buffer, rows, shift: residual.shift)
    }
    // A convolution that adds to its output in place writes rows that are there.
    if !c.isInPlace { try write(c.output, rows) }
  }

  private func checkWorkspace(_ index: BufferIndex, _ p: ProductRecord) throws(StepRule) {
    guard model.configuration.usesWinograd == 1, p.kernelSize == 3,
      p.depth <= UInt32(ModelFormat.winogradDepthLimit)
    else { throw .tiles }
    let workspace = try buffer(index, .raw)
    let tileCount = ModelFormat.winogradTileCount(
      workspaceByteCount: Int(workspace.byteCount), depth: Int(p.depth))
    guard tileCount > 0 else { throw .workspace }
  }

  func checkStyleFirst(
    _ product: ProductIndex, _ codes: BufferIndex, _ output: BufferIndex, _ rows: Range<Int>
  ) throws(StepRule) {
    let tensor = try buffer(output, .wide)
    let p = try styleProduct(product, codes, rowCount: 2)
    guard p.kernelSize == 1, p.columnCount == Int(tensor.width) * Int(tensor.height) * Int(tensor.channels)
    else {
      throw .operandShape
    }
    try requireWhole(tensor, rows)
    try write(output, rows)
  }

  func checkStyleBias(
    _ product: ProductIndex, _ codes: BufferIndex, _ bias: BufferIndex, _ rows: Range<Int>
  ) throws(StepRule) {
    let p = try styleProduct(product, codes, rowCount: 3)
    let output = try buffer(bias, .raw)
    let kinds = ModelFormat.borderKindCount(kernelSize: Int(p.kernelSize))
    guard Int(output.byteCount) >= kinds * p.columnCount * 2 else { throw .codeBuffer }
    guard rows == 0..<1 else { throw .rowOrder }
    writtenRows[Int(bias)] = Self.styleBiasShape(kernelSize: p.kernelSize, channels: UInt32(p.columnCount))
  }

  /// A step before has made what the style adds to sums of a table.
  func requireStyleBias(_ bias: BufferIndex, of index: TableIndex) throws(StepRule) {
    _ = try buffer(bias, .raw)
    let table = model.table(index)
    guard
      writtenRows[Int(bias)] == Self.styleBiasShape(kernelSize: table.kernelSize, channels: table.channels)
    else { throw .biasMissing }
  }

  /// Another number, and not 0, for each kernel size, which is 1 … 7, and channel count.
  private static func styleBiasShape(kernelSize: UInt32, channels: UInt32) -> UInt32 {
    channels << 3 | kernelSize
  }

  /// A product of the style's codes, which are written before the first step.
  /// - Parameter rowCount: Rows of codes: high parts, low parts and maybe zeros.
  private func styleProduct(
    _ index: ProductIndex, _ codes: BufferIndex, rowCount: UInt32
  ) throws(StepRule) -> ProductRecord {
    let p = try product(index)
    let depth = ModelFormat.padded(model.styleCount, to: ModelFormat.channelBlock)
    guard model.styleCount > 0, Int(p.depth) == depth else { throw .operandShape }
    let codeBuffer = try buffer(codes, .raw)
    guard codeBuffer.byteCount >= rowCount * p.depth else { throw .codeBuffer }
    guard codeBuffer.firstStep == 0 else { throw .lifetime }
    return p
  }

  mutating func checkPicture(
    _ product: ProductIndex, _ input: BufferIndex, _ rows: Range<Int>
  ) throws(StepRule) {
    let p = try self.product(product)
    let tensor = try buffer(input, .codes)
    guard Int(tensor.width) == model.width, Int(tensor.height) == model.height else { throw .size }
    let channels = ModelFormat.padded(model.configuration.pictureInputCount, to: ModelFormat.channelBlock)
    guard p.panelCount == 1, p.kernelSize <= UInt32(ModelFormat.pictureKernelLimit), Int(p.depth) == channels
    else { throw .operandShape }
    guard p.reads(tensor) else { throw .channels }
    guard rows.upperBound <= model.height else { throw .rowsOutside }
    guard rows.lowerBound == pictureRowCount else { throw .rowOrder }
    try requireRows(input, rows, around: Int(p.kernelSize) / 2)
    pictureRowCount = rows.upperBound
  }

  private func product(_ index: ProductIndex) throws(StepRule) -> ProductRecord {
    guard Int(index) < model.productCount else { throw .operand }
    return model.product(index)
  }
}

extension ProductRecord {
  /// Whether the channels of a tensor of codes, or of fine codes, are the product's.
  fileprivate func reads(_ codes: BufferRecord) -> Bool {
    codes.channels == depth || codes.channels == 2 * depth
  }

  fileprivate var columnCount: Int { Int(panelCount) * ModelFormat.panelColumns }
}
