import CSpadeKernels
import SpadeModel

/// A and B by taps: the product of a k×k kernel over an outer window is a sum of k² products over inner windows, and
/// there are far fewer inner windows. A task multiplies all hidden rows with each tap of one panel, then adds up k² rows
/// of the result for each outer window: the same integers as the direct product.
///
/// The table is `Int32[taps][hidden rows][16]`.
struct TapTableJob: PoolJob {
  let panels: WeightPanels
  let hidden: UnsafePointer<Int8>
  let output: WideOutput
  let windows: WindowRows
  /// Int16 of one outer window's A and B.
  let outputStride: Int

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let columns = ModelFormat.panelColumns

  /// The row for "outside", then one for each inner window.
  private var hiddenRowCount: Int { windows.level.innerCount + 1 }

  var taskCount: Int { panels.count }

  func run(task panel: Int, scratch: Scratch) {
    multiply(panel, scratch)
    let windowCount = windows.level.outerCount
    var first = 0
    while first < windowCount {
      let block = Range(uncheckedBounds: (first, min(first + Scratch.rowCount, windowCount)))
      sumTaps(of: block, panel, scratch)
      scratch.fillOutputOffsets(block, stride: outputStride)
      output.write(scratch.accumulators, rowCount: block.count, panel: panel, scratch: scratch)
      first = block.upperBound
    }
  }

  /// All hidden rows times each tap of a panel.
  private func multiply(_ panel: Int, _ scratch: Scratch) {
    let blockRowCount = panels.kernels.productRowCount
    var first = 0
    while first < hiddenRowCount {
      let count = min(blockRowCount, hiddenRowCount - first)
      for row in 0..<count {
        scratch.offsets[row] = Int32(truncatingIfNeeded: (first &+ row) &* panels.depth)
      }
      var tap = 0
      while tap < panels.tapCount {
        let group = Range(uncheckedBounds: (tap, min(tap + Scratch.panelCount, panels.tapCount)))
        panels.multiply(
          base: hidden, rowCount: count, taps: group, ofPanel: panel,
          into: scratch.tapTable + (tap * hiddenRowCount + first) * Self.columns,
          tableRowCount: hiddenRowCount,
          scratch: scratch)
        tap = group.upperBound
      }
      first += count
    }
  }

  /// Adds up the table's rows for some outer windows.
  private func sumTaps(of block: Range<Int>, _ panel: Int, _ scratch: Scratch) {
    let level = windows.level
    let positions = UnsafeRawPointer(level.outerPositions + block.lowerBound)
    var sum = spade_tap_sum(
      table: scratch.tapTable, table_row_count: hiddenRowCount, numbers: level.innerNumbers,
      width: level.width,
      height: level.height, kernel_size: windows.kernelSize,
      positions: positions.assumingMemoryBound(to: UInt16.self), row_count: block.count,
      bias: panels.bias(panel),
      accumulators: scratch.accumulators)
    panels.kernels.table.pointee.tap_sum(&sum)
  }
}
