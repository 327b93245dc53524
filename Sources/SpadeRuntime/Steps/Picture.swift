import CSpadeKernels
import SpadeModel

/// Up to 64 pixels per task through the picture convolution, tanh and 8-bit quantisation.
private struct PictureJob: PoolJob {
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let pixels: PixelRows
  let pixelCount: Int
  /// The picture's bytes from row `pixels.rowStart`.
  let output: UnsafeMutablePointer<UInt8>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var isFine: Bool { pixels.input.isFine(depth: panels.depth) }
  private var tasks: ProductTasks { panels.tasks(rowCount: pixelCount, isFine: isFine) }

  var taskCount: Int { tasks.count }

  func run(task: Int, scratch: Scratch) {
    let rows = tasks.rows(task)
    pixels.fill(rows, scratch)
    _ = panels.multiply(
      base: pixels.input.codes, pixelCount: rows.count, isFine: isFine, panels: 0..<1, scratch: scratch)
    panels.kernels.table.pointee.picture(
      scratch.accumulators, rows.count, scales, output + rows.lowerBound * 3)
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
    pool.run(
      PictureJob(
        panels: product.panels, scales: product.scales,
        pixels: PixelRows(kernelSize: product.kernelSize, rowStart: rows.lowerBound, input: input),
        pixelCount: pixelCount, output: picture + rows.lowerBound * input.width * 3),
      scratch: scratch)
  }
}
