import CSpadeKernels
import SpadeModel

/// Instance norm of 16 channels a task: y = (x − mean) / sqrt(variance + 1e-5), biased variance.
///
/// The sums are exact integers and the rest is IEEE arithmetic on them, so no order of work changes the result.
private struct NormalizeJob {
  /// The float32 nearest to 1e-5. A literal, because a computed global would be made on first use, under a lock.
  static var epsilon: Double { 9.999999747378752e-06 }

  let kernels: KernelSet
  let input: UnsafePointer<Int16>
  let output: UnsafeMutablePointer<Int16>
  let pixelCount: Int
  let channels: Int
  /// Real value of an input code.
  let scale: Double
  /// 1 / real value of an output code.
  let inverseScale: Double

  func run(task: Int, scratch: Scratch) {
    let block = ModelFormat.channelBlock
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
      let factor = scale * inverseScale / (variance + Self.epsilon).squareRoot()
      factors[channel] = Float(factor)
      terms[channel] = Float(-mean * factor)
    }
    kernels.table.pointee.normalize(
      input + first, pixelCount, channels, block, factors, terms, output + first)
  }
}

extension Runtime {
  func normalize(_ step: StepRecord) {
    let input = plane(step.input)
    let output = plane(step.output)
    var job = (
      NormalizeJob(
        kernels: kernels, input: input.wideRow(0), output: output.wideRow(0),
        pixelCount: input.width * input.height,
        channels: input.channels, scale: Double(step.scale), inverseScale: Double(step.inverseScale)),
      scratch
    )
    pool.run(input.channels / ModelFormat.channelBlock, &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (NormalizeJob, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }
}
