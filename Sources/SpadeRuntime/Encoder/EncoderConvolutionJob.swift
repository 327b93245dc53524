import SpadeModel

/// A convolution: a task's sums go where the norm expects them.
struct EncoderConvolutionJob: PoolJob {
  let multiplier: EncoderMultiplier
  /// `[panels][pixels][16]`.
  let sums: UnsafeMutablePointer<Int32>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { multiplier.tasks.count }

  func run(task: Int, scratch: Scratch) {
    multiplier.multiply(task: task, scratch: scratch)
    let pixels = multiplier.tasks.rows(task)
    let columns = ModelFormat.panelColumns
    let count = pixels.count * columns
    let panels = multiplier.tasks.panels(task)
    for index in 0..<panels.count {
      let high = scratch.accumulators + index * 2 * count
      let low = high + count
      let out = sums + ((panels.lowerBound + index) * multiplier.pixelCount + pixels.lowerBound) * columns
      for sum in 0..<count { out[sum] = high[sum] &* 128 &+ low[sum] }
    }
  }
}
