/// How the rows and panels of a product divide into tasks: a block of rows times up to four panels each. Tasks that follow each
/// other share their panels.
struct ProductTasks {
  let rowCount: Int
  let panelCount: Int
  /// At most `Scratch.rowCount`.
  let blockRowCount: Int

  private var rowBlockCount: Int { (rowCount + blockRowCount - 1) / blockRowCount }
  private var panelBlockCount: Int { (panelCount + Scratch.panelCount - 1) / Scratch.panelCount }

  var count: Int { rowBlockCount * panelBlockCount }

  func rows(_ task: Int) -> Range<Int> {
    let first = task % rowBlockCount * blockRowCount
    return Range(uncheckedBounds: (first, min(first + blockRowCount, rowCount)))
  }

  func panels(_ task: Int) -> Range<Int> {
    let first = task / rowBlockCount * Scratch.panelCount
    return Range(uncheckedBounds: (first, min(first + Scratch.panelCount, panelCount)))
  }
}
