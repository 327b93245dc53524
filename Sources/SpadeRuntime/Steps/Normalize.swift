import CSpadeKernels
import SpadeModel

/// What instance norms have in common.
enum Normalization {
  /// Added to a variance: the float32 nearest to 1e-5. A literal, because a computed global would be made on first use, under a lock.
  static var epsilon: Double { 9.999999747378752e-06 }
}

/// Instance norm of 16 channels per task: y = (x − mean) / sqrt(variance + 1e-5), biased variance.
///
/// The sums are exact integers and the rest is IEEE arithmetic on them, so no order of work changes the result.
private struct NormalizeJob: PoolJob {
  private static let block = ModelFormat.channelBlock

  let kernels: KernelSet
  let input: UnsafePointer<Int16>
  let output: UnsafeMutablePointer<Int16>
  let pixelCount: Int
  let channels: Int
  /// Real value of an input code.
  let scale: Double
  /// 1 / real value of an output code.
  let inverseScale: Double

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { channels / Self.block }

  func run(task: Int, scratch: Scratch) {
    let block = Self.block
    let first = task * block
    let sums = UnsafeMutableRawPointer(scratch.accumulators).assumingMemoryBound(to: Int64.self)
    let squares = sums + block
    let factors = UnsafeMutableRawPointer(squares + block).assumingMemoryBound(to: Float.self)
    let terms = factors + block
    sums.initialize(repeating: 0, count: 2 * block)
    kernels.table.pointee.channel_sums(input + first, pixelCount, channels, block, sums, squares)
    for channel in 0..<block {
      let mean = Double(sums[channel]) / Double(pixelCount)
      let variance = max(Double(squares[channel]) / Double(pixelCount) - mean * mean, 0) * scale * scale
      let factor = scale * inverseScale / (variance + Normalization.epsilon).squareRoot()
      factors[channel] = Float(factor)
      terms[channel] = Float(-mean * factor)
    }
    kernels.table.pointee.normalize(
      input + first, pixelCount, channels, block, factors, terms, output + first)
  }
}

extension Runtime {
  /// Instance norm of a whole tensor.
  func normalize(_ normalization: StepOperation.Normalization) {
    let input = plane(normalization.input)
    let output = plane(normalization.output)
    pool.run(
      NormalizeJob(
        kernels: kernels, input: input.wide, output: output.wide, pixelCount: input.width * input.height,
        channels: input.channels, scale: Double(normalization.scale),
        inverseScale: Double(normalization.inverseScale)),
      scratch: scratch)
  }
}
