import CSpadeKernels
import SpadeModel

/// One row a task.
private struct ModulateJob {
  let template: spade_modulate
  let kernel: @convention(c) (UnsafePointer<spade_modulate>?) -> Void
  let input: Plane
  let output: Plane
  /// Window numbers of the level, or `nil` for a constant affine.
  let numbers: UnsafePointer<UInt16>?
  let rowStart: Int

  func run(task: Int) {
    let y = rowStart + task
    var call = template
    call.x = UnsafePointer(input.wideRow(y >> Int(template.x_shift)))
    call.windows = numbers.map { $0 + y * output.width }
    call.out = output.codeRow(y)
    kernel(&call)
  }
}

extension Runtime {
  /// Wide rows through a norm's affine and activation to codes.
  func modulate(_ step: StepRecord) {
    let norm = model.norm(Int(step.operand))
    let output = plane(step.output)
    let zeroPoints = model.weights(norm.zeroPoint).assumingMemoryBound(to: Float.self)
    if step.rowStart == 0 { fillOutside(output, zeroPoints) }

    let numbers: UnsafePointer<UInt16>?
    let affine: UnsafePointer<Int16>
    if norm.level == ModelFormat.none {
      numbers = nil
      affine = model.weights(norm.constant).assumingMemoryBound(to: Int16.self)
    } else {
      numbers = UnsafePointer(levelState(Int(norm.level)).outerNumbers)
      affine = UnsafePointer(self.affine(norm))
    }
    var job = ModulateJob(
      template: spade_modulate(
        x: nil, x_shift: step.inputShift, width: output.width, channels: output.channels, windows: nil,
        affine: affine, bias_factor: Int16(truncatingIfNeeded: norm.biasFactor),
        scale: model.weights(norm.scale).assumingMemoryBound(to: Float.self), zero_point: zeroPoints,
        slope: norm.slope, out: nil),
      kernel: kernels.table.pointee.modulate, input: plane(step.input), output: output, numbers: numbers,
      rowStart: Int(step.rowStart))
    pool.run(Int(step.rowEnd - step.rowStart), &job) { context, task, _ in
      context.unsafelyUnwrapped.assumingMemoryBound(to: ModulateJob.self).pointee.run(task: task)
    }
  }

  /// The pixel outside the picture is zero: the zero points' codes.
  private func fillOutside(_ output: Plane, _ zeroPoints: UnsafePointer<Float>) {
    let outside = output.base.assumingMemoryBound(to: UInt8.self)
    for channel in 0..<output.channels {
      outside[channel] = UInt8(bitPattern: Int8(zeroPoints[channel])) ^ kernels.codeFlip
    }
  }
}
