import CSpadeKernels
import SpadeModel

/// Up to 64 pixels a task through the picture convolution, tanh and 8-bit quantisation.
private struct PictureJob {
  let product: ProductRecord
  let panels: WeightPanels
  let scale: UnsafePointer<Float>
  let kernels: KernelSet
  let rows: PixelRows
  let rowCount: Int
  /// The picture's bytes from row `rows.rowStart`.
  let output: UnsafeMutablePointer<UInt8>

  func run(task: Int, scratch: Scratch) {
    let first = task * Scratch.rowCount
    let count = min(Scratch.rowCount, rowCount - first)
    rows.fill(first, count, scratch)
    var call = spade_product(
      base: rows.input.base.assumingMemoryBound(to: Int8.self), offsets: scratch.offsets,
      offset_stride: Scratch.rowCount, row_count: count,
      tap_count: Int(product.kernelSize * product.kernelSize), depth: Int(product.depth),
      weights: panels.weights(0), bias: panels.bias(0), panel_count: 1, panel_stride: panels.stride,
      accumulators: scratch.accumulators)
    kernels.table.pointee.product(&call)
    kernels.table.pointee.picture(scratch.accumulators, count, scale, output + first * 3)
  }
}

extension Runtime {
  mutating func makePicture(_ step: StepRecord) {
    let product = model.product(Int(step.operand))
    let input = plane(step.input)
    let start = Int(step.rowStart)
    let rowCount = (Int(step.rowEnd) - start) * input.width
    count(product, rowCount: rowCount)
    var job = (
      PictureJob(
        product: product, panels: WeightPanels(product, model: model, kernels: kernels),
        scale: model.weights(product.scale).assumingMemoryBound(to: Float.self), kernels: kernels,
        rows: PixelRows(
          kernelSize: Int(product.kernelSize), rowStart: start, input: input, output: nil, residual: nil,
          residualShift: 0),
        rowCount: rowCount, output: picture + start * input.width * 3), scratch
    )
    pool.run((rowCount + Scratch.rowCount - 1) / Scratch.rowCount, &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (PictureJob, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }
}
