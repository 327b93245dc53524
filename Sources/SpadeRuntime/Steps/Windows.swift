import SpadeModel

extension Runtime {
  /// Numbers the windows of some rows and of as many rows after them as fit, unless they are numbered already.
  ///
  /// Other norms of the level may ask for rows above later, a few of them, and number all anew; so those come first where all fit.
  /// - Parameter firstRow: Of those that are asked for from here on.
  func numberWindows(of index: LevelIndex, rows: Range<Int>, firstRow: () -> Int) {
    let level = level(index)
    if rows.lowerBound >= level.rows.lowerBound, rows.upperBound <= level.rows.upperBound { return }
    let first = firstRow()
    // From the row where the numbers begin it would reach no farther.
    if first < rows.lowerBound, level.rows.isEmpty || first != level.rows.lowerBound,
      number(level, from: first) >= rows.upperBound
    {
      return
    }
    let end = number(level, from: rows.lowerBound)
    // The loader found room for all windows of the step's rows.
    assert(end >= rows.upperBound)
  }

  /// Numbers a level's windows anew, from a row on, as far as they fit.
  /// - Returns: The row after the last.
  private func number(_ level: LevelState, from start: Int) -> Int {
    let inner = innerWindows(level)
    let outer = outerWindows(level)
    inner.clear()
    outer.clear()

    let radius = inner.kernelSize / 2
    var innerEnd = max(start - radius, 0)
    var innerCount = 0
    var outerCount = 0
    var end = start
    rows: while end < level.height {
      while innerEnd < min(end + radius + 1, level.height) {
        guard let count = inner.number(row: innerEnd, count: innerCount) else { break rows }
        innerCount = count
        innerEnd += 1
      }
      guard let count = outer.number(row: end, count: outerCount) else { break }
      outerCount = count
      end += 1
    }
    level.rows = start..<end
    level.innerCount = innerCount
    level.outerCount = outerCount
    level.generation += 1
    return end
  }

  /// Windows of the frame's symbols at the level's pixels.
  private func innerWindows(_ level: LevelState) -> WindowTable {
    WindowTable(
      symbols: symbols, rowStride: model.width << level.shift, columnStride: 1 << level.shift,
      width: level.width, height: level.height, kernelSize: Int(model.configuration.kernelSize),
      numbers: level.innerNumbers, positions: level.innerPositions, slots: level.innerSlots,
      slotCount: level.layout.innerSlotCount, capacity: Int(level.record.innerCapacity))
  }

  /// Windows of inner windows' numbers.
  private func outerWindows(_ level: LevelState) -> WindowTable {
    WindowTable(
      symbols: level.innerNumbers, rowStride: level.width, columnStride: 1, width: level.width,
      height: level.height, kernelSize: Int(model.configuration.kernelSize), numbers: level.outerNumbers,
      positions: level.outerPositions, slots: level.outerSlots, slotCount: level.layout.outerSlotCount,
      capacity: Int(level.record.outerCapacity))
  }

  /// The rows of a level whose windows are numbered now, the distinct ones among them, k×k windows of symbols and k×k
  /// windows of those, and the tiles in which the latter first occur.
  public func windowCounts(_ index: LevelIndex) -> (rows: Range<Int>, inner: Int, outer: Int, tiles: Int) {
    let level = level(index)
    return (level.rows, level.innerCount, level.outerCount, WindowTiles(level, scratch[0]).count)
  }
}
