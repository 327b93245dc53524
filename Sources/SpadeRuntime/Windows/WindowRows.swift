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
    let width = level.width
    for row in 0..<windows.count {
      let position = level.outerPositions[windows.lowerBound &+ row]
      let y = position.row
      let x = position.column
      var tap = 0
      for dy in -radius...radius {
        for dx in -radius...radius {
          let inside = y &+ dy >= 0 && y &+ dy < level.height && x &+ dx >= 0 && x &+ dx < width
          body(row, tap, inside ? 1 &+ Int(numbers[(y &+ dy) &* width &+ x &+ dx]) : 0)
          tap &+= 1
        }
      }
    }
  }
}
