import SpadeBoards
import SpadeModel

extension Work {
  /// What the kernels do in a step; bytes aside.
  /// - Parameters:
  ///   - productCount: Multiply-adds of used channels, as the runtime counts them.
  ///   - windows: The level's distinct windows, for the steps of SPADE layers.
  ///   - isMade: Whether a step of kind `hidden` or `affine` was needed.
  init(
    _ step: StepRecord, _ model: Model, productCount: UInt64, windows: (inner: Int, outer: Int), isMade: Bool
  ) {
    self.init()
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: break
    case .hidden:
      guard isMade else { return }
      let table = model.table(Int(model.norm(Int(step.operand)).table))
      tableAdditions = Double(windows.inner * table.tapCount * Int(table.channels))
    case .affine:
      guard isMade else { return }
      let product = model.product(Int(model.norm(Int(step.operand)).product))
      multiply(product, productCount)
      requantizedValues = Double(windows.outer * product.columnCount)
      if productCount < UInt64(windows.outer) * product.rowProductCount {
        tapAdditions = requantizedValues * Double(product.kernelSize * product.kernelSize)
      }
    case .modulate:
      modulatedValues = model.valueCount(step, of: step.output)
    case .normalize:
      // Statistics are one pass, the normalised copy another.
      modulatedValues = 2 * model.valueCount(step, of: step.output)
    case .labelFirst:
      let table = model.table(Int(step.operand))
      tableAdditions = Double(table.tapCount) * model.valueCount(step, of: step.output)
    case .convolve:
      multiply(model.product(Int(step.operand)), productCount)
      requantizedValues = model.valueCount(step, of: step.output)
    case .picture, .styleFirst:
      multiply(model.product(Int(step.operand)), productCount)
    }
  }

  /// The kernels multiply all channels of a panel, used or not.
  private mutating func multiply(_ product: ProductRecord, _ productCount: UInt64) {
    let used = Double(product.usedDepth) * Double(product.usedColumns)
    multiplyAdds = Double(productCount) * Double(product.depth) * Double(product.columnCount) / used
  }
}

extension Model {
  /// Channels of the rows that a step writes to a buffer.
  fileprivate func valueCount(_ step: StepRecord, of buffer: UInt32) -> Double {
    let record = self.buffer(Int(buffer))
    return Double(rowCount(step) * Int(record.width) * Int(record.channels))
  }
}

extension ProductRecord {
  fileprivate var columnCount: Int { Int(panelCount) * ModelFormat.panelColumns }
}

extension TableRecord {
  fileprivate var tapCount: Int { Int(kernelSize * kernelSize) }
}
