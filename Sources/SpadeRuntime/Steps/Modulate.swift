import CSpadeKernels
import SpadeModel

/// One row per task.
private struct ModulateJob: PoolJob {
  let norm: NormRecord
  let input: Plane
  let inputShift: Int
  let output: Plane
  /// Window numbers of the level, or `nil` for a constant affine.
  let numbers: UnsafePointer<UInt16>?
  let affine: UnsafePointer<Int16>
  let scales: UnsafePointer<Float>
  let zeroPoints: UnsafePointer<Float>
  let rows: Range<Int>
  let kernels: KernelSet

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { rows.count }

  func run(task: Int, scratch: Scratch) {
    let y = rows.lowerBound + task
    var call = spade_modulate(
      x: input.wideRow(y >> inputShift), x_shift: UInt32(inputShift), width: output.width,
      channels: output.channels, windows: nil, affine: affine,
      bias_factor: Int16(truncatingIfNeeded: norm.biasFactor), scale: scales, zero_point: zeroPoints,
      slope: norm.slope, out: output.codeRow(y))
    numbers.ifPresent { call.windows = $0 + y * output.width }
    kernels.table.pointee.modulate(&call)
  }
}

extension Runtime {
  /// Wide rows through a norm's affine and activation to codes.
  func modulate(_ modulation: StepOperation.Modulation, rows: Range<Int>) {
    let norm = model.norm(modulation.norm)
    let output = plane(modulation.output)
    let zeroPoints = model.floats(norm.zeroPoint)
    if rows.lowerBound == 0 { fillOutside(output, zeroPoints) }

    let numbers: UnsafePointer<UInt16>?
    let affine: UnsafePointer<Int16>
    switch norm.source {
    case .constant(let offset):
      numbers = nil
      affine = model.int16s(offset)
    case .windows(let windows):
      let level = level(windows.level)
      assert(level.rows.lowerBound <= rows.lowerBound && rows.upperBound <= level.rows.upperBound)
      assert(normState(modulation.norm).affineGeneration == level.generation)
      numbers = UnsafePointer(level.outerNumbers)
      affine = UnsafePointer(buffer(windows.affineBuffer) as UnsafeMutablePointer<Int16>)
    }
    pool.run(
      ModulateJob(
        norm: norm, input: plane(modulation.input), inputShift: modulation.inputShift, output: output,
        numbers: numbers, affine: affine, scales: model.floats(norm.scale), zeroPoints: zeroPoints,
        rows: rows, kernels: kernels),
      scratch: scratch)
  }

  /// The pixel outside the picture is zero: the zero points' codes.
  private func fillOutside(_ output: Plane, _ zeroPoints: UnsafePointer<Float>) {
    for channel in 0..<output.channels {
      output.codes[channel] = Int8(zeroPoints[channel]) ^ Int8(bitPattern: kernels.codeFlip)
    }
  }
}
