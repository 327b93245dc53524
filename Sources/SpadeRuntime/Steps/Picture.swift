import CSpadeKernels
import SpadeModel

/// Part of a row of pixels per task through the picture convolution, tanh and 8-bit quantisation.
private struct PictureJob: PoolJob {
  let panel: PicturePanel
  let scales: UnsafePointer<Float>
  let pixels: PixelRows
  let rowCount: Int
  /// The picture's bytes from row `pixels.rowStart`.
  let output: UnsafeMutablePointer<UInt8>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var width: Int { pixels.input.width }
  private var isFine: Bool { pixels.input.isFine(depth: panel.panels.depth) }
  /// Pixels of a task; those beside them are multiplied as well.
  private var blockPixelCount: Int { panel.panels.blockRowCount(isFine: isFine) - pixels.kernelSize + 1 }
  private var blocksAcross: Int { (width + blockPixelCount - 1) / blockPixelCount }

  var taskCount: Int { rowCount * blocksAcross }

  func run(task: Int, scratch: Scratch) {
    let row = task / blocksAcross
    let x = task % blocksAcross * blockPixelCount
    let count = min(blockPixelCount, width - x)
    let radius = pixels.kernelSize / 2
    pixels.fillColumns(y: pixels.rowStart + row, x: x - radius, count: count + 2 * radius, scratch)
    _ = panel.panels.multiply(
      base: pixels.input.codes, pixelCount: count + 2 * radius, high: isFine ? ModelFormat.fineHigh : nil,
      panels: 0..<1,
      scratch: scratch)
    panel.addColumns(scratch.accumulators, count: count)
    panel.panels.kernels.table.pointee.picture(
      scratch.accumulators, count, scales, output + (row * width + x) * 3)
  }
}

extension Runtime {
  /// Rows of codes through the picture convolution to bytes.
  mutating func makePicture(_ index: ProductIndex, input: BufferIndex, rows: Range<Int>) {
    let product = product(index)
    let input = plane(input)
    let pixelCount = rows.count * input.width
    let rowCount = input.isFine(depth: product.depth) ? 2 * pixelCount : pixelCount
    count(product, rowCount: rowCount, tapCount: product.tapCount)
    // All threads read the panel in the first one's scratch.
    let panel = PicturePanel(
      product.panels, kernelSize: product.kernelSize, memory: scratch[0].picturePanel)
    pool.run(
      PictureJob(
        panel: panel, scales: product.scales,
        pixels: PixelRows(kernelSize: product.kernelSize, rowStart: rows.lowerBound, input: input),
        rowCount: rows.count, output: picture + rows.lowerBound * input.width * 3),
      scratch: scratch)
  }
}
