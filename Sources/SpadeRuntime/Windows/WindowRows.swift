/// The outer windows of a level as k×k inner windows each.
struct WindowRows {
  let level: LevelState
  let kernelSize: Int

  /// Calls `body` for each tap of each of `windows`, rows counted from the first of them.
  /// - Parameter body: Gets the tap's hidden row: 0 outside the picture, else 1 + the inner window's number.
  @inline(__always)
  func forEachTap(
    of windows: Range<Int>, _ body: (_ row: Int, _ tap: Int, _ hiddenRow: Int) -> Void
  ) {
    assert(windows.upperBound <= level.outerCount)
    let radius = kernelSize / 2
    let numbers = level.innerNumbers
    let positions = level.outerPositions + windows.lowerBound
    let width = level.width
    let height = level.height
    for row in 0..<windows.count {
      let y = positions[row].row
      let x = positions[row].column
      var tap = 0
      if y >= radius, y < height &- radius, x >= radius, x < width &- radius {
        // Safe: all k×k positions are inside the level.
        var line = numbers + ((y &- radius) &* width &+ x &- radius)
        for _ in 0..<kernelSize {
          for column in 0..<kernelSize { body(row, tap &+ column, 1 &+ Int(line[column])) }
          tap &+= kernelSize
          line += width
        }
        continue
      }
      for dy in -radius...radius {
        for dx in -radius...radius {
          let inside = y &+ dy >= 0 && y &+ dy < height && x &+ dx >= 0 && x &+ dx < width
          body(row, tap, inside ? 1 &+ Int(numbers[(y &+ dy) &* width &+ x &+ dx]) : 0)
          tap &+= 1
        }
      }
    }
  }
}
