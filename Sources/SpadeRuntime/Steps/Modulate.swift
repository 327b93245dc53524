import CSpadeKernels
import SpadeModel

/// One row per task.
private struct ModulateJob: PoolJob {
  let norm: NormRecord
  let input: Plane
  let inputShift: Int
  let output: Plane
  /// Window numbers of the level; `nil` where A and B do not depend on windows.
  let numbers: UnsafePointer<UInt16>?
  /// `nil` where A and B do not depend on the pixel's symbol.
  let symbols: SymbolRows?
  let affine: UnsafePointer<Int16>
  let scales: UnsafePointer<Float>
  let zeroPoints: UnsafePointer<Float>
  let rows: Range<Int>
  let kernels: KernelSet

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { rows.count }

  func run(task: Int, scratch: Scratch) {
    let y = rows.lowerBound + task
    let channels = Int(norm.channels)
    var call = spade_modulate(
      x: input.wideRow(y >> inputShift), x_shift: UInt32(inputShift), width: output.width,
      channels: channels, windows: nil, affine: affine,
      bias_factor: Int16(truncatingIfNeeded: norm.biasFactor), scale: scales, zero_point: zeroPoints,
      slope: norm.slope, is_fine: output.isFine(depth: channels) ? 1 : 0, out: output.codeRow(y))
    numbers.ifPresent { call.windows = $0 + y * output.width }
    symbols.ifPresent {
      $0.copy(y: y, count: output.width, to: scratch.symbols)
      call.windows = UnsafePointer(scratch.symbols)
    }
    kernels.table.pointee.modulate(&call)
  }
}

/// The symbols of a tensor's pixels: those of the frame at (x · columnStride, y · rowStride / width).
private struct SymbolRows {
  let symbols: UnsafePointer<UInt16>
  let rowStride: Int
  let columnStride: Int
  /// 1 drops the bit of the border, which a network without borders has no rows for.
  let shift: UInt16

  func copy(y: Int, count: Int, to row: UnsafeMutablePointer<UInt16>) {
    let source = symbols + y &* rowStride
    for x in 0..<count { row[x] = source[x &* columnStride] >> shift }
  }
}

extension Runtime {
  /// Wide rows through a norm's affine and activation to codes.
  func modulate(_ modulation: StepOperation.Modulation, rows: Range<Int>) {
    let norm = model.norm(modulation.norm)
    let output = plane(modulation.output)
    let zeroPoints = model.floats(norm.zeroPoint)
    let channels = Int(norm.channels)
    let isFine = output.isFine(depth: channels)
    if rows.lowerBound == 0 { fillOutside(output, zeroPoints, channels: channels, isFine: isFine) }

    var numbers: UnsafePointer<UInt16>?
    var symbolRows: SymbolRows?
    let affine: UnsafePointer<Int16>
    switch norm.source {
    case .constant(let offset):
      affine = model.int16s(offset)
    case .symbols(let offset):
      let side = model.width / output.width
      symbolRows = SymbolRows(
        symbols: symbols, rowStride: model.width * side, columnStride: side, shift: model.hasEdges ? 0 : 1)
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
        numbers: numbers, symbols: symbolRows, affine: affine, scales: model.floats(norm.scale),
        zeroPoints: zeroPoints,
        rows: rows, kernels: kernels),
      scratch: scratch)
  }

  /// The pixel outside the picture is zero: the zero points' codes.
  private func fillOutside(
    _ output: Plane, _ zeroPoints: UnsafePointer<Float>, channels: Int, isFine: Bool
  ) {
    let flip = Int8(bitPattern: kernels.codeFlip)
    for channel in 0..<channels {
      let code = Int16(zeroPoints[channel])
      output.codes[channel] = Int8(truncatingIfNeeded: isFine ? code >> 2 : code) ^ flip
      if isFine { output.codes[channels + channel] = Int8(truncatingIfNeeded: code & 3) ^ flip }
    }
  }
}
