import SpadeModel

/// Up to four panels of the linear layer per task. The style's two rows of codes are its high and low parts.
private struct StyleFirstJob: PoolJob {
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let codes: UnsafePointer<Int8>
  let output: UnsafeMutablePointer<Int16>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var tasks: ProductTasks { panels.tasks(rowCount: 1) }

  var taskCount: Int { tasks.count }

  func run(task: Int, scratch: Scratch) {
    let columns = ModelFormat.panelColumns
    let taskPanels = tasks.panels(task)
    scratch.offsets[0] = 0
    scratch.offsets[1] = Int32(truncatingIfNeeded: panels.depth)
    panels.multiply(base: codes, rowCount: 2, panels: taskPanels, scratch: scratch)
    for index in 0..<taskPanels.count {
      let panel = taskPanels.lowerBound + index
      let bias = panels.signedBias(panel)
      let high = scratch.accumulators + index * 2 * columns
      let low = high + columns
      for column in 0..<columns {
        let value = StyleCodes.value(
          high: high[column], low: low[column], bias: bias[column], scale: scales[panel * columns + column])
        output[panel * columns + column] = Int16(max(-32767, min(32767, value)))
      }
    }
  }
}

extension Runtime {
  /// The first tensor from the style.
  mutating func makeFirst(fromStyle index: ProductIndex, codes: BufferIndex, output: BufferIndex) {
    let product = product(index)
    count(product, rowCount: 1, tapCount: 1)
    pool.run(
      StyleFirstJob(
        panels: product.panels, scales: product.scales,
        codes: UnsafePointer(buffer(codes) as UnsafeMutablePointer<Int8>), output: plane(output).wide),
      scratch: scratch)
  }
}
