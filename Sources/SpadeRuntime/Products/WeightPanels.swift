import CSpadeKernels
import SpadeModel

/// The weight panels of a product, with the biases for the codes' form in memory, and the kernels that multiply them.
struct WeightPanels {
  let tapCount: Int
  let depth: Int
  let count: Int
  let kernels: KernelSet
  private let base: UnsafeRawPointer
  /// Bytes from one panel to the next.
  private let stride: Int

  /// - Parameters:
  ///   - base: The first panel, 64-byte aligned.
  ///   - count: Of panels.
  init(base: UnsafeRawPointer, tapCount: Int, depth: Int, count: Int, kernels: KernelSet) {
    self.base = base
    self.tapCount = tapCount
    self.depth = depth
    self.count = count
    self.kernels = kernels
    stride = ModelFormat.panelByteCount(tapCount: tapCount, depth: depth)
  }

  /// How `rowCount` rows times all panels divide.
  /// - Parameter isFine: Whether each row is a pixel of fine codes, which takes two.
  func tasks(rowCount: Int, isFine: Bool = false) -> ProductTasks {
    ProductTasks(rowCount: rowCount, panelCount: count, blockRowCount: blockRowCount(isFine: isFine))
  }

  /// Pixels of a task.
  func blockRowCount(isFine: Bool) -> Int {
    isFine ? kernels.productRowCount / 2 : kernels.productRowCount
  }

  func weights(_ panel: Int) -> UnsafePointer<UInt8> {
    (header(panel) + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: UInt8.self)
  }

  func bias(_ panel: Int) -> UnsafePointer<Int32> {
    (header(panel) + (kernels.codeFlip == 0 ? 0 : ModelFormat.panelHeaderByteCount / 2)).assumingMemoryBound(
      to: Int32.self)
  }

  /// What the bias adds to a sum of signed codes, whatever their form in memory.
  func signedBias(_ panel: Int) -> UnsafePointer<Int32> {
    header(panel).assumingMemoryBound(to: Int32.self)
  }

  private func header(_ panel: Int) -> UnsafeRawPointer {
    assert(panel >= 0 && panel < count)
    return base + panel * stride
  }

  /// Multiplies rows of codes by some panels: sums `[panels][rows][16]` in the scratch accumulators.
  /// - Parameters:
  ///   - base: What the scratch offsets of the rows' taps count from.
  ///   - rowCount: 1 … `Scratch.rowCount`.
  ///   - panels: 1 … `Scratch.panelCount` of them.
  func multiply(base: UnsafePointer<Int8>, rowCount: Int, panels: Range<Int>, scratch: Scratch) {
    assert((1...Scratch.rowCount).contains(rowCount) && (1...Scratch.panelCount).contains(panels.count))
    assert(panels.upperBound <= count)
    var call = spade_product(
      base: base, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: rowCount,
      tap_count: tapCount, depth: depth, weights: weights(panels.lowerBound), bias: bias(panels.lowerBound),
      panel_count: panels.count, panel_stride: stride, accumulators: scratch.accumulators,
      accumulator_stride: rowCount * ModelFormat.panelColumns)
    kernels.table.pointee.product(&call)
  }

  /// The same for pixels of codes of one byte or two, whose scratch offsets are those of their first bytes.
  /// - Parameters:
  ///   - high: What a code's high byte is worth: then each pixel is multiplied like two rows, highs and lows, and at most half of
  ///     `Scratch.rowCount` fit. `nil` for codes of one byte.
  /// - Returns: Rows from one panel's sums to the next's: `[panels][rows][16]`, of which the first `pixelCount` are the pixels'.
  func multiply(
    base: UnsafePointer<Int8>, pixelCount: Int, high: UInt32?, panels: Range<Int>, scratch: Scratch
  ) -> Int {
    guard let high else {
      multiply(base: base, rowCount: pixelCount, panels: panels, scratch: scratch)
      return pixelCount
    }
    let low = Int32(truncatingIfNeeded: depth)
    for tap in 0..<tapCount {
      let offsets = scratch.offsets + tap * Scratch.rowCount
      for pixel in 0..<pixelCount { offsets[pixelCount &+ pixel] = offsets[pixel] &+ low }
    }
    multiply(base: base, rowCount: 2 * pixelCount, panels: panels, scratch: scratch)
    for panel in 0..<panels.count {
      var join = spade_join(
        accumulators: scratch.accumulators + panel * 2 * pixelCount * ModelFormat.panelColumns,
        row_count: pixelCount, bias: signedBias(panels.lowerBound + panel), high: high)
      kernels.table.pointee.join(&join)
    }
    return 2 * pixelCount
  }

  /// Multiplies rows of codes, one offset each, by some taps of a panel as if the taps were panels, without a bias.
  /// - Parameters:
  ///   - taps: 1 … `Scratch.panelCount` of them.
  ///   - sums: `[taps][tableRowCount][16]`, of which the first `rowCount` rows of each tap are written.
  ///   - tableRowCount: At least `rowCount`.
  func multiply(
    base: UnsafePointer<Int8>, rowCount: Int, taps: Range<Int>, ofPanel panel: Int,
    into sums: UnsafeMutablePointer<Int32>, tableRowCount: Int, scratch: Scratch
  ) {
    assert(rowCount <= tableRowCount)
    assert((1...Scratch.rowCount).contains(rowCount) && (1...Scratch.panelCount).contains(taps.count))
    assert(taps.upperBound <= tapCount)
    let tapByteCount = depth * ModelFormat.panelColumns
    var call = spade_product(
      base: base, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: rowCount,
      tap_count: 1, depth: depth, weights: weights(panel) + taps.lowerBound * tapByteCount, bias: nil,
      panel_count: taps.count, panel_stride: tapByteCount, accumulators: sums,
      accumulator_stride: tableRowCount * ModelFormat.panelColumns)
    kernels.table.pointee.product(&call)
  }
}
