import CSpadeKernels
import SpadeModel

/// Up to 32 pixels times up to four panels of one of the style encoder's products a task.
///
/// Codes have 15 bits, so each pixel is two rows: high parts, then low parts.
struct EncoderProductJob {
  enum Input {
    /// RGB8 of 256×256 pixels: x · 255 = 2 · byte − 255, and 0 outside, are the codes of the first product.
    case photo(UnsafePointer<UInt8>)
    /// See `EncoderAreas`.
    case codes(UnsafePointer<UInt8>)
  }

  static let pixelsPerTask = Scratch.rowCount / 2

  let product: EncoderProduct
  let panels: WeightPanels
  let kernels: KernelSet
  let input: Input

  /// - Parameter section: The encoder section.
  init(
    _ product: EncoderProduct, section: UnsafeRawBufferPointer, kernels: KernelSet, input: Input
  ) {
    self.product = product
    panels = WeightPanels(
      base: section.baseAddress.unsafelyUnwrapped + product.panels, stride: product.panelByteCount,
      kernels: kernels)
    self.kernels = kernels
    self.input = input
  }

  private var pixelCount: Int { product.side * product.side }
  private var blockCount: Int { (pixelCount + Self.pixelsPerTask - 1) / Self.pixelsPerTask }

  var taskCount: Int { blockCount * ((product.panelCount + Scratch.panelCount - 1) / Scratch.panelCount) }

  /// The pixels and panels of a task.
  func part(_ task: Int) -> (firstPixel: Int, pixelCount: Int, firstPanel: Int, panelCount: Int) {
    let firstPixel = task % blockCount * Self.pixelsPerTask
    let firstPanel = task / blockCount * Scratch.panelCount
    return (
      firstPixel, min(Self.pixelsPerTask, pixelCount - firstPixel), firstPanel,
      min(Scratch.panelCount, product.panelCount - firstPanel)
    )
  }

  /// Leaves `[panels][2][pixels][16]` sums in the scratch accumulators: of high parts, then of low parts.
  func multiply(task: Int, scratch: Scratch) {
    let part = part(task)
    let base: UnsafePointer<UInt8>
    switch input {
    case .photo(let photo):
      gather(photo, part.firstPixel, part.pixelCount, scratch)
      base = UnsafePointer(scratch.patches)
    case .codes(let codes):
      fillOffsets(part.firstPixel, part.pixelCount, scratch.offsets)
      base = codes
    }
    var call = spade_product(
      base: UnsafeRawPointer(base).assumingMemoryBound(to: Int8.self), offsets: scratch.offsets,
      offset_stride: Scratch.rowCount, row_count: 2 * part.pixelCount, tap_count: product.tapCount,
      depth: product.depth, weights: panels.weights(part.firstPanel), bias: panels.bias(part.firstPanel),
      panel_count: part.panelCount, panel_stride: panels.stride, accumulators: scratch.accumulators)
    kernels.table.pointee.product(&call)
  }

  private func fillOffsets(_ first: Int, _ count: Int, _ offsets: UnsafeMutablePointer<Int32>) {
    let depth = product.depth
    for index in 0..<count {
      let y = (first &+ index) / product.side &* 2 &- product.padding
      let x = (first &+ index) % product.side &* 2 &- product.padding
      for tap in 0..<product.tapCount {
        let row = y &+ tap / product.kernelSize
        let column = x &+ tap % product.kernelSize
        let pixel = isInside(row, column) ? 1 &+ row &* product.inputSide &+ column : 0
        let offset = Int32(truncatingIfNeeded: pixel &* 2 &* depth)
        offsets[tap &* Scratch.rowCount &+ index] = offset
        offsets[tap &* Scratch.rowCount &+ count &+ index] = offset &+ Int32(truncatingIfNeeded: depth)
      }
    }
  }

  /// Writes the 3×3 pixels around each of `count` pixels as one row of high and one of low parts: tap, then channel.
  private func gather(_ photo: UnsafePointer<UInt8>, _ first: Int, _ count: Int, _ scratch: Scratch) {
    let depth = product.depth
    let flip = kernels.codeFlip
    scratch.patches.update(repeating: flip, count: 2 &* count &* depth)
    for index in 0..<count {
      scratch.offsets[index] = Int32(truncatingIfNeeded: index &* depth)
      scratch.offsets[count &+ index] = Int32(truncatingIfNeeded: (count &+ index) &* depth)
      let high = scratch.patches + index &* depth
      let low = high + count &* depth
      let y = (first &+ index) / product.side &* 2 &- product.padding
      let x = (first &+ index) % product.side &* 2 &- product.padding
      for tap in 0..<product.kernelSize &* product.kernelSize {
        let row = y &+ tap / product.kernelSize
        let column = x &+ tap % product.kernelSize
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

  @inline(__always)
  private func isInside(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < product.inputSide && column >= 0 && column < product.inputSide
  }
}

/// A convolution: a task's sums go where the norm expects them.
struct EncoderConvolutionJob {
  let product: EncoderProductJob
  /// `[panels][pixels][16]`.
  let sums: UnsafeMutablePointer<Int32>

  func run(task: Int, scratch: Scratch) {
    product.multiply(task: task, scratch: scratch)
    let part = product.part(task)
    let columns = ModelFormat.panelColumns
    let pixelCount = product.product.side * product.product.side
    let count = part.pixelCount * columns
    for panel in 0..<part.panelCount {
      let high = scratch.accumulators + panel * 2 * count
      let out = sums + ((part.firstPanel + panel) * pixelCount + part.firstPixel) * columns
      for index in 0..<count { out[index] = high[index] &* 128 &+ high[count &+ index] }
    }
  }
}

/// The linear layer: a task's sums become values of the style.
struct EncoderLinearJob {
  let product: EncoderProductJob
  let scales: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let style: UnsafeMutablePointer<Float>

  func run(task: Int, scratch: Scratch) {
    product.multiply(task: task, scratch: scratch)
    let part = product.part(task)
    let columns = ModelFormat.panelColumns
    for panel in 0..<part.panelCount {
      let high = scratch.accumulators + panel * 2 * columns
      let first = (part.firstPanel + panel) * columns
      for column in 0..<min(columns, product.product.usedColumns - first) {
        let sum = 128 * Int64(high[column]) + Int64(high[columns + column])
        style[first + column] = Float(sum) * scales[first + column] + bias[first + column]
      }
    }
  }
}
