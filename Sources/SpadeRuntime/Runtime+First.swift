import CSpadeKernels
import SpadeModel

/// One row of the first grid a task: a convolution of the label map as a sum of table rows.
private struct LabelFirstJob {
  let sum: spade_table_sum
  let kernel: @convention(c) (UnsafePointer<spade_table_sum>?, UnsafeMutablePointer<Int16>?) -> Void
  let symbols: UnsafePointer<UInt16>
  /// Pixels of the frame from one pixel of the grid to the next.
  let stride: Int
  let frameWidth: Int
  let labelCount: Int
  let kernelSize: Int
  let output: Plane
  let rowStart: Int

  func run(task: Int, scratch: Scratch) {
    let y = rowStart + task
    let radius = kernelSize / 2
    let taps = kernelSize * kernelSize
    for x in 0..<output.width {
      var count = 0
      for tap in 0..<taps {
        let row = y + tap / kernelSize - radius
        let column = x + tap % kernelSize - radius
        guard row >= 0, row < output.height, column >= 0, column < output.width else { continue }
        let symbol = Int(symbols[row * stride * frameWidth + column * stride])
        scratch.offsets[count] = Int32(truncatingIfNeeded: (tap * labelCount + symbol >> 1) * output.channels)
        count += 1
        if symbol & 1 != 0 {
          scratch.offsets[count] = Int32(truncatingIfNeeded: (taps * labelCount + tap) * output.channels)
          count += 1
        }
      }
      var call = sum
      call.offsets = UnsafePointer(scratch.offsets)
      call.count = count
      kernel(&call, output.wideRow(y) + x * output.channels)
    }
  }
}

/// Four panels of the linear layer a task. The style's two rows of codes are its high and low parts.
private struct StyleFirstJob {
  let product: ProductRecord
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let kernels: KernelSet
  let codes: UnsafePointer<Int8>
  let output: UnsafeMutablePointer<Int16>

  func run(task: Int, scratch: Scratch) {
    let depth = Int(product.depth)
    let firstPanel = task * Scratch.panelCount
    let panelCount = min(Scratch.panelCount, Int(product.panelCount) - firstPanel)
    let columns = ModelFormat.panelColumns
    scratch.offsets[0] = 0
    scratch.offsets[1] = Int32(truncatingIfNeeded: depth)
    var call = spade_product(
      base: codes, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: 2, tap_count: 1,
      depth: depth, weights: panels.weights(firstPanel), bias: panels.bias(firstPanel),
      panel_count: panelCount,
      panel_stride: panels.stride, accumulators: scratch.accumulators)
    kernels.table.pointee.product(&call)
    for panel in 0..<panelCount {
      let bias = panels.signedBias(firstPanel + panel)
      let high = scratch.accumulators + panel * 2 * columns
      let low = high + columns
      let first = (firstPanel + panel) * columns
      for column in 0..<columns {
        // Both rows began with the bias; the sum wants it once.
        let sum = 128 * (Int64(high[column]) - Int64(bias[column])) + Int64(low[column])
        let value = (Float(sum) * scales[first + column]).rounded(.toNearestOrEven)
        output[first + column] = Int16(max(-32767, min(32767, value)))
      }
    }
  }
}

extension Runtime {
  func makeFirstFromLabels(_ step: StepRecord) {
    let table = model.table(Int(step.operand))
    let output = plane(step.output)
    var job = (
      LabelFirstJob(
        sum: tableSum(table), kernel: kernels.table.pointee.table_sum, symbols: symbolPlane,
        stride: model.width / output.width, frameWidth: model.width, labelCount: model.labelCount,
        kernelSize: Int(table.kernelSize), output: output, rowStart: Int(step.rowStart)), scratch
    )
    pool.run(Int(step.rowEnd - step.rowStart), &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (LabelFirstJob, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }

  mutating func makeFirstFromStyle(_ step: StepRecord) {
    let product = model.product(Int(step.operand))
    let output = plane(step.output)
    var job = (
      StyleFirstJob(
        product: product, panels: WeightPanels(product, model: model, kernels: kernels),
        scales: model.weights(product.scale).assumingMemoryBound(to: Float.self), kernels: kernels,
        codes: UnsafePointer(styleCodes(step)), output: output.wideRow(0)), scratch
    )
    count(product, rowCount: 1)
    let taskCount = (Int(product.panelCount) + Scratch.panelCount - 1) / Scratch.panelCount
    pool.run(taskCount, &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (StyleFirstJob, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }

  /// Writes the style's codes for the step that reads them: a row of high parts, then a row of low parts, with
  /// round(z · 2048) = 128 · high + low, high in −128 … 127 and low in 0 … 127.
  func takeStyle(_ style: UnsafeBufferPointer<Float>) {
    for index in 0..<model.stepCount where model.step(index).kind == StepKind.styleFirst.rawValue {
      let step = model.step(index)
      let depth = Int(model.product(Int(step.operand)).depth)
      let codes = styleCodes(step)
      for position in 0..<depth {
        let z = position < style.count ? style[position] : 0
        let clipped = max(-16384, min(16383, (z * ModelFormat.styleScale).rounded(.toNearestOrEven)))
        let code = Int(clipped)
        codes[position] = Int8(truncatingIfNeeded: code >> 7) ^ Int8(bitPattern: kernels.codeFlip)
        codes[depth + position] = Int8(truncatingIfNeeded: code & 127) ^ Int8(bitPattern: kernels.codeFlip)
      }
    }
  }

  private func styleCodes(_ step: StepRecord) -> UnsafeMutablePointer<Int8> {
    (arena + Int(model.buffer(Int(step.input)).offset)).assumingMemoryBound(to: Int8.self)
  }
}
