import CSpadeKernels
import SpadeModel

/// One row of the first tensor per task.
private struct LabelFirstJob: PoolJob {
  let table: LabelTable
  let kernel: @convention(c) (UnsafePointer<spade_table_sum>?, UnsafeMutablePointer<Int16>?) -> Void
  let output: Plane
  let rows: Range<Int>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { rows.count }

  func run(task: Int, scratch: Scratch) {
    let y = rows.lowerBound + task
    let row = output.wideRow(y)
    for x in 0..<output.width {
      var sum = table.sum(y: y, x: x, scratch)
      kernel(&sum, row + x * output.channels)
    }
  }
}

extension Runtime {
  /// The first tensor as a convolution of the label map.
  func makeFirst(fromLabels table: TableIndex, bias: BufferIndex?, output: BufferIndex, rows: Range<Int>) {
    let output = plane(output)
    var table = LabelTable(
      model.table(table), model, symbols: symbols, width: output.width, height: output.height)
    bias.ifPresent { table.borderBiases = UnsafePointer(buffer($0) as UnsafeMutablePointer<Int16>) }
    pool.run(
      LabelFirstJob(table: table, kernel: kernels.table.pointee.table_sum, output: output, rows: rows),
      scratch: scratch)
  }
}
