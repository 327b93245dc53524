import SpadeModel

/// A product of gathered rows whose sums become int16 codes: block convolutions, shortcuts, A and B.
struct WideProductJob: PoolJob {
  let panels: WeightPanels
  let input: UnsafePointer<Int8>
  let output: WideOutput
  let rows: GatherRows
  let rowCount: Int
  /// Whether the codes are fine.
  let isFine: Bool

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var tasks: ProductTasks { panels.tasks(rowCount: rowCount, isFine: isFine) }

  var taskCount: Int { tasks.count }

  func run(task: Int, scratch: Scratch) {
    let rows = tasks.rows(task)
    let panels = tasks.panels(task)
    self.rows.fill(rows, scratch)
    let sumRows = self.panels.multiply(
      base: input, pixelCount: rows.count, high: isFine ? ModelFormat.fineHigh : nil, panels: panels,
      scratch: scratch)
    for index in 0..<panels.count {
      output.write(
        scratch.accumulators + index * sumRows * ModelFormat.panelColumns, rowCount: rows.count,
        panel: panels.lowerBound + index, scratch: scratch)
    }
  }
}
