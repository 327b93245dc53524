import CSpadeKernels
import SpadeModel

/// Up to four panels of a convolution of the style per task, for some border kinds. The style is the same at every pixel, so
/// only the taps that lie inside matter. Rows of the product are the kinds, first with the high parts of the style's codes, then
/// with the low ones.
private struct StyleBiasJob: PoolJob {
  /// Kinds of a task.
  private static let blockCount = Scratch.rowCount / 2

  let product: ProductOperand
  /// Rows of high parts, of low parts, and of zeros.
  let codes: UnsafePointer<Int8>
  /// `[kind][channels]`.
  let output: UnsafeMutablePointer<Int16>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var kindCount: Int { ModelFormat.borderKindCount(kernelSize: product.kernelSize) }
  private var groupCount: Int { (product.panels.count + Scratch.panelCount - 1) / Scratch.panelCount }
  private var channels: Int { product.panels.count * ModelFormat.panelColumns }

  var taskCount: Int { (kindCount + Self.blockCount - 1) / Self.blockCount * groupCount }

  func run(task: Int, scratch: Scratch) {
    let firstKind = task / groupCount * Self.blockCount
    let count = min(Self.blockCount, kindCount - firstKind)
    let firstPanel = task % groupCount * Scratch.panelCount
    let panels = firstPanel..<min(firstPanel + Scratch.panelCount, product.panels.count)
    for row in 0..<count {
      let kind = BorderKind(firstKind + row, kernelSize: product.kernelSize)
      for tap in 0..<product.tapCount {
        let isInside = kind.holds(tap: tap, kernelSize: product.kernelSize)
        let offsets = scratch.offsets + tap * Scratch.rowCount
        offsets[row] = Int32(truncatingIfNeeded: isInside ? 0 : 2 * product.depth)
        offsets[count + row] = Int32(truncatingIfNeeded: isInside ? product.depth : 2 * product.depth)
      }
    }
    product.panels.multiply(base: codes, rowCount: 2 * count, panels: panels, scratch: scratch)
    for index in 0..<panels.count {
      for row in 0..<count {
        write(
          scratch.accumulators + (index * 2 * count + row) * ModelFormat.panelColumns, lowOffset: count,
          panel: firstPanel + index, kind: firstKind + row)
      }
    }
  }

  /// - Parameters:
  ///   - high: A row's sums; those with the low parts are `lowOffset` rows behind.
  private func write(_ high: UnsafePointer<Int32>, lowOffset: Int, panel: Int, kind: Int) {
    let columns = ModelFormat.panelColumns
    let low = high + lowOffset * columns
    let bias = product.panels.signedBias(panel)
    let limit = Float(ModelFormat.styleBiasLimit)
    for column in 0..<columns {
      let value = StyleCodes.value(
        high: high[column], low: low[column], bias: bias[column],
        scale: product.scales[panel * columns + column])
      output[kind * channels + panel * columns + column] = Int16(max(-limit, min(limit, value)))
    }
  }
}

extension Runtime {
  /// What the style adds to a convolution of the label map, and its bias.
  mutating func makeStyleBias(_ index: ProductIndex, codes: BufferIndex, bias: BufferIndex) {
    let product = product(index)
    count(
      product, rowCount: ModelFormat.borderKindCount(kernelSize: product.kernelSize),
      tapCount: product.tapCount)
    pool.run(
      StyleBiasJob(
        product: product, codes: UnsafePointer(buffer(codes) as UnsafeMutablePointer<Int8>),
        output: buffer(bias)),
      scratch: scratch)
  }
}
