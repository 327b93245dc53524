import SpadeModel

/// The linear layer: a task's sums become values of the style.
struct EncoderLinearJob: PoolJob {
  let multiplier: EncoderMultiplier
  /// `[panels][16]` both.
  let scales: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let style: UnsafeMutablePointer<Float>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { multiplier.tasks.count }

  func run(task: Int, scratch: Scratch) {
    multiplier.multiply(task: task, scratch: scratch)
    let columns = ModelFormat.panelColumns
    let panels = multiplier.tasks.panels(task)
    for index in 0..<panels.count {
      let high = scratch.accumulators + index * 2 * columns
      let low = high + columns
      let first = (panels.lowerBound + index) * columns
      for column in 0..<min(columns, multiplier.product.usedColumns - first) {
        let sum = 128 * Int64(high[column]) + Int64(low[column])
        style[first + column] = Float(sum) * scales[first + column] + bias[first + column]
      }
    }
  }
}
