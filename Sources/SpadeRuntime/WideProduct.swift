import CSpadeKernels
import SpadeModel

/// A gather product whose accumulators become int16 codes: block convolutions, shortcuts, γ and β.
///
/// A task is up to 64 rows times up to 4 panels; tasks that follow each other share their panels.
struct WideProduct {
  let product: ProductRecord
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let kernels: KernelSet
  let input: UnsafePointer<Int8>
  let output: UnsafeMutablePointer<Int16>
  let residual: UnsafePointer<Int16>?
  let residualScale: Float
  var rows: GatherRows
  var rowCount: Int

  init(
    product: ProductRecord, model: Model, kernels: KernelSet, input: UnsafePointer<Int8>,
    output: UnsafeMutablePointer<Int16>, residual: UnsafePointer<Int16>?, residualScale: Float,
    rows: GatherRows,
    rowCount: Int
  ) {
    self.product = product
    panels = WeightPanels(product, model: model, kernels: kernels)
    scales = model.weights(product.scale).assumingMemoryBound(to: Float.self)
    self.kernels = kernels
    self.input = input
    self.output = output
    self.residual = residual
    self.residualScale = residualScale
    self.rows = rows
    self.rowCount = rowCount
  }

  private var rowBlockCount: Int { (rowCount + Scratch.rowCount - 1) / Scratch.rowCount }

  var taskCount: Int {
    rowBlockCount * ((Int(product.panelCount) + Scratch.panelCount - 1) / Scratch.panelCount)
  }

  func run(task: Int, scratch: Scratch) {
    let first = (task % rowBlockCount) * Scratch.rowCount
    let count = min(Scratch.rowCount, rowCount - first)
    let firstPanel = task / rowBlockCount * Scratch.panelCount
    let panelCount = min(Scratch.panelCount, Int(product.panelCount) - firstPanel)
    let tapCount = Int(product.kernelSize * product.kernelSize)

    rows.fill(first, count, scratch)
    var call = spade_product(
      base: input, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: count,
      tap_count: tapCount, depth: Int(product.depth), weights: panels.weights(firstPanel),
      bias: panels.bias(firstPanel), panel_count: panelCount, panel_stride: panels.stride,
      accumulators: scratch.accumulators)
    kernels.table.pointee.product(&call)

    for panel in 0..<panelCount {
      let column = (firstPanel + panel) * ModelFormat.panelColumns
      var requantize = spade_requantize(
        accumulators: scratch.accumulators + panel * count * ModelFormat.panelColumns, row_count: count,
        scale: scales + column, residual: residual.map { $0 + column },
        residual_offsets: scratch.residualOffsets,
        residual_scale: residualScale, out: output + column, out_offsets: scratch.outputOffsets)
      kernels.table.pointee.requantize(&requantize)
    }
  }
}

extension Runtime {
  func run(_ product: WideProduct) {
    var job = (product, scratch)
    pool.run(product.taskCount, &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (WideProduct, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }

  /// Rows of codes through a product to wide rows, plus a residual.
  mutating func convolve(_ step: StepRecord) {
    let product = model.product(Int(step.operand))
    let input = plane(step.input)
    let output = plane(step.output)
    let residual = step.residual == ModelFormat.none ? nil : plane(step.residual)
    var pixels = PixelRows(
      kernelSize: Int(product.kernelSize), rowStart: Int(step.rowStart), input: input, output: output,
      residual: residual, residualShift: Int(step.residualShift))
    var convolution = WideProduct(
      product: product, model: model, kernels: kernels,
      input: input.base.assumingMemoryBound(to: Int8.self),
      output: output.base.assumingMemoryBound(to: Int16.self),
      residual: residual.map { UnsafePointer($0.base.assumingMemoryBound(to: Int16.self)) },
      residualScale: step.scale, rows: .pixels(pixels),
      rowCount: Int(step.rowEnd - step.rowStart) * input.width)
    pixels.rowStart = runInTiles(convolution, step, pixels)
    guard pixels.rowStart < Int(step.rowEnd) else { return }
    convolution.rows = .pixels(pixels)
    convolution.rowCount = (Int(step.rowEnd) - pixels.rowStart) * input.width
    count(product, rowCount: convolution.rowCount)
    run(convolution)
  }

  func plane(_ index: UInt32) -> Plane { Plane(model.buffer(Int(index)), arena: arena) }
}
