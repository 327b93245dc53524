import SpadeBoards
import SpadeModel
import SpadeRuntime

extension Work {
  /// What a board has to do in a step.
  /// - Parameter cost: Of the step on this computer. Windows are the same everywhere; which convolutions run in tiles is not.
  init(_ step: StepRecord, _ model: Model, _ cost: StepCost, _ board: Board) {
    self.init()
    byteCount = Double(cost.byteCount)
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: break
    case .hidden:
      guard cost.isMade else { return }
      let table = model.table(Int(model.norm(Int(step.operand)).table))
      tableAdditions = Double(cost.windows.inner * table.tapCount * Int(table.channels))
    case .affine:
      guard cost.isMade else { return }
      let product = model.product(Int(model.norm(Int(step.operand)).product))
      multiplyAdds = product.paddedProductCount(cost.productCount)
      requantizedValues = Double(cost.windows.outer * product.columnCount)
      if cost.productCount < UInt64(cost.windows.outer) * product.rowProductCount {
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
      convolve(step, model, board)
      requantizedValues = model.valueCount(step, of: step.output)
    case .picture, .styleFirst:
      multiplyAdds = model.product(Int(step.operand)).paddedProductCount(cost.productCount)
    }
  }

  /// A convolution in tiles as far as the board's kernels have them, the rest directly.
  private mutating func convolve(_ step: StepRecord, _ model: Model, _ board: Board) {
    let product = model.product(Int(step.operand))
    var rowCount = model.rowCount(step)
    if board.core.rates.tiles != nil, let rounds = TileRounds(step, model) {
      rowCount = Int(step.rowEnd) - rounds.rowEnd
      run(rounds, product, board)
    }
    let pixels = rowCount * Int(model.buffer(Int(step.input)).width)
    multiplyAdds = product.paddedProductCount(UInt64(pixels) * product.rowProductCount)
  }

  private mutating func run(_ tiling: TileRounds, _ product: ProductRecord, _ board: Board) {
    let points = Double(ModelFormat.winogradPoints)
    let depth = Double(product.depth)
    let columns = Double(product.columnCount)
    let chunks = Double((Int(product.depth) + ModelFormat.winogradDepth - 1) / ModelFormat.winogradDepth)
    var roundCount = 0
    var rounds = tiling
    while rounds.next(threadCount: board.threadCount) {
      roundCount += 1
      let tileCount = Double(rounds.roundTileCount)
      tiles.multiplyAdds += tileCount * points * depth * columns
      tiles.codePoints += tileCount * points * depth
      tiles.weightPoints += Double(rounds.blockCount) * points * depth * columns
      tiles.sumPoints += tileCount * points * chunks * columns
      tiles.pixels += tileCount * Double(ModelFormat.winogradPixels) * columns
      // Transformed codes are written, and read for each panel where the cache cannot keep them.
      let codeByteCount = 2 * tileCount * points * depth
      let isKept = codeByteCount <= Double(board.cacheByteCount)
      byteCount += codeByteCount * (isKept ? 2 : 1 + Double(product.panelCount))
    }
    // The other rounds read the weights again.
    byteCount += Double((roundCount - 1) * product.weightByteCount)
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

  /// Multiply-adds of the kernels, which multiply all channels of a panel, used or not.
  /// - Parameter productCount: Those of used channels, as the runtime counts them.
  fileprivate func paddedProductCount(_ productCount: UInt64) -> Double {
    Double(productCount) * Double(depth) * Double(columnCount) / (Double(usedDepth) * Double(usedColumns))
  }
}

extension TableRecord {
  fileprivate var tapCount: Int { Int(kernelSize * kernelSize) }
}
