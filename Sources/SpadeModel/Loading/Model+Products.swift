import CSpadeKernels

extension Model {
  func checkProduct(_ p: ProductRecord, _ weights: inout WeightBudget) throws(ProductRule) {
    guard isKernelSize(p.kernelSize) else { throw .kernelSize }
    guard isChannelCount(p.depth) else { throw .depth }
    guard p.panelCount > 0, p.panelCount < 1 << 24 else { throw .panelCount }
    guard (1...p.depth).contains(p.usedDepth) else { throw .usedDepth }
    let columns = Int(p.panelCount) * ModelFormat.panelColumns
    guard (1...columns).contains(Int(p.usedColumns)) else { throw .usedColumns }
    guard isName(p.name) else { throw .name }
    let panelByteCount = ModelFormat.panelByteCount(tapCount: p.tapCount, depth: Int(p.depth))
    guard weights.take(p.panels, byteCount: Int(p.panelCount) * panelByteCount) else { throw .panels }
    guard weights.take(p.scale, byteCount: columns * 4) else { throw .scales }
  }

  /// Checks a product's scales and weights. After this its sums are the same with signed and unsigned codes, directly and
  /// in tiles.
  func checkColumns(product index: Int) throws(ModelError) {
    let p = product(index)
    let columns = Int(p.panelCount) * ModelFormat.panelColumns
    if let column = firstBadScale(weights(p.scale), count: columns) {
      throw .badColumn(section: .products, index: index, column: column, rule: .scale)
    }
    let mayRunInTiles = p.kernelSize == 3 && p.depth <= UInt32(ModelFormat.winogradDepthLimit)
    let fault = panelFault(
      weights(p.panels), panelCount: Int(p.panelCount), tapCount: p.tapCount, depth: Int(p.depth),
      weightSumLimit: mayRunInTiles ? ModelFormat.winogradWeightSum : nil)
    if let (column, rule) = fault {
      throw .badColumn(section: .products, index: index, column: column, rule: rule)
    }
  }

  /// The first column of scales that do not keep every conversion to an integer in range: 0 … 0.5.
  func firstBadScale(_ scales: UnsafeRawPointer, count: Int) -> Int? {
    for column in 0..<count {
      let scale = scales.load(fromByteOffset: 4 * column, as: Float.self)
      // Not a number is in no interval.
      if !(scale >= 0 && scale <= 0.5) { return column }
    }
    return nil
  }

  /// The first column of panels that breaks a rule.
  /// - Parameters:
  ///   - tapCount, depth: At most 2^22 weights of a column.
  ///   - weightSumLimit: What Σ |weight| of 128 channels of a column may be; `nil` for anything.
  func panelFault(
    _ panels: UnsafeRawPointer, panelCount: Int, tapCount: Int, depth: Int, weightSumLimit: Int?
  ) -> (column: Int, rule: ColumnRule)? {
    let fault = spade_check_panels(
      panels, panelCount, tapCount, depth, UInt32(weightSumLimit ?? Int(UInt32.max)))
    return switch fault.rule {
    case SPADE_PANEL_WEIGHT: (fault.column, .weight)
    case SPADE_PANEL_WEIGHT_SUM: (fault.column, .weightSum)
    case SPADE_PANEL_UNSIGNED_BIAS: (fault.column, .unsignedBias)
    default: nil
    }
  }
}

extension ProductRecord {
  fileprivate var tapCount: Int { Int(kernelSize * kernelSize) }
}
