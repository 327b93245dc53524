import SpadeModel

/// One of the style encoder's products, up to 32 pixels times up to four panels per task.
///
/// Codes have 15 bits, so each pixel is two rows: high parts, then low parts.
struct EncoderMultiplier {
  enum Input {
    /// RGB8 of 256×256 pixels: x · 255 = 2 · byte − 255, and 0 outside, are the codes of the first product.
    case photo(UnsafePointer<UInt8>)
    /// See `EncoderAreas`.
    case codes(UnsafePointer<UInt8>)
  }

  let product: EncoderProduct
  let input: Input
  private let panels: WeightPanels

  /// - Parameter section: The encoder section.
  init(
    _ product: EncoderProduct, section: UnsafeRawBufferPointer, kernels: KernelSet, input: Input
  ) {
    self.product = product
    self.input = input
    // Safe: the loader compared the section's size with the encoder's.
    panels = WeightPanels(
      base: section.baseAddress.unsafelyUnwrapped + product.panels, tapCount: product.tapCount,
      depth: product.depth, count: product.panelCount, kernels: kernels)
  }

  var pixelCount: Int { product.side * product.side }

  /// Rows of a task are pixels.
  var tasks: ProductTasks {
    ProductTasks(
      rowCount: pixelCount, panelCount: product.panelCount, blockRowCount: panels.kernels.productRowCount / 2)
  }

  /// Leaves `[panels][2][pixels][16]` sums in the scratch accumulators: of high parts, then of low parts.
  func multiply(task: Int, scratch: Scratch) {
    let pixels = tasks.rows(task)
    let base: UnsafePointer<UInt8>
    switch input {
    case .photo(let photo):
      gather(photo, pixels, scratch)
      base = UnsafePointer(scratch.patches)
    case .codes(let codes):
      fillOffsets(pixels, scratch.offsets)
      base = codes
    }
    panels.multiply(
      base: UnsafeRawPointer(base).assumingMemoryBound(to: Int8.self), rowCount: 2 * pixels.count,
      panels: tasks.panels(task), scratch: scratch)
  }

  private func fillOffsets(_ pixels: Range<Int>, _ offsets: UnsafeMutablePointer<Int32>) {
    let depth = product.depth
    for index in 0..<pixels.count {
      let origin = origin(pixels.lowerBound &+ index)
      for tap in 0..<product.tapCount {
        let row = origin.y &+ tap / product.kernelSize
        let column = origin.x &+ tap % product.kernelSize
        let pixel = isInside(row, column) ? 1 &+ row &* product.inputSide &+ column : 0
        let offset = Int32(truncatingIfNeeded: pixel &* 2 &* depth)
        offsets[tap &* Scratch.rowCount &+ index] = offset
        offsets[tap &* Scratch.rowCount &+ pixels.count &+ index] =
          offset &+ Int32(truncatingIfNeeded: depth)
      }
    }
  }

  /// Writes the 3×3 pixels around each of some pixels as one row of high and one of low parts: tap, then channel.
  private func gather(_ photo: UnsafePointer<UInt8>, _ pixels: Range<Int>, _ scratch: Scratch) {
    let depth = product.depth
    let count = pixels.count
    let flip = panels.kernels.codeFlip
    scratch.patches.update(repeating: flip, count: 2 &* count &* depth)
    for index in 0..<count {
      scratch.offsets[index] = Int32(truncatingIfNeeded: index &* depth)
      scratch.offsets[count &+ index] = Int32(truncatingIfNeeded: (count &+ index) &* depth)
      let high = scratch.patches + index &* depth
      let low = high + count &* depth
      let origin = origin(pixels.lowerBound &+ index)
      for tap in 0..<product.kernelSize &* product.kernelSize {
        let row = origin.y &+ tap / product.kernelSize
        let column = origin.x &+ tap % product.kernelSize
        guard isInside(row, column) else { continue }
        let pixel = photo + (row &* product.inputSide &+ column) &* 3
        for channel in 0..<3 {
          let code = 2 &* Int(pixel[channel]) &- 255
          high[tap &* 3 &+ channel] = UInt8(truncatingIfNeeded: code >> 7) ^ flip
          low[tap &* 3 &+ channel] = UInt8(code & 127) ^ flip
        }
      }
    }
  }

  /// The first input pixel that an output pixel reads; it may lie outside.
  @inline(__always)
  private func origin(_ pixel: Int) -> (y: Int, x: Int) {
    (pixel / product.side &* 2 &- product.padding, pixel % product.side &* 2 &- product.padding)
  }

  @inline(__always)
  private func isInside(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < product.inputSide && column >= 0 && column < product.inputSide
  }
}
