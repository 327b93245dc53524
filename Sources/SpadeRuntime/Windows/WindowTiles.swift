import SpadeCost

/// The tiles of 4×4 pixels of a level in which some outer window first occurs: all that A and B need.
///
/// They are counted from the first numbered row, and listed where the numbering had its slots, which nobody needs until the next.
struct WindowTiles {
  let level: LevelState
  let count: Int

  static let side = TileRounds.side

  /// Lists the tiles.
  /// - Parameter scratch: Of any thread.
  init(_ level: LevelState, _ scratch: Scratch) {
    self.level = level
    let start = level.rows.lowerBound
    let places = level.outerPositions
    let tiles = Self.list(level)
    // Whether a tile of the row of tiles has a window; windows are numbered from top to bottom.
    let isMet = scratch.symbols
    let across = (level.width + Self.side - 1) / Self.side
    var count = 0
    var window = 0
    while window < level.outerCount {
      let row = (places[window].row - start) / Self.side
      isMet.update(repeating: 0, count: across)
      while window < level.outerCount, (places[window].row - start) / Self.side == row {
        isMet[places[window].column / Self.side] = 1
        window += 1
      }
      for column in 0..<across where isMet[column] != 0 {
        tiles[count] = PixelPosition(y: start + row * Self.side, x: column * Self.side)
        count += 1
      }
    }
    self.count = count
  }

  /// Safe: there are at most as many tiles as windows, and at least two slots of 2 bytes for each.
  private static func list(_ level: LevelState) -> UnsafeMutablePointer<PixelPosition> {
    UnsafeMutableRawPointer(level.outerSlots).assumingMemoryBound(to: PixelPosition.self)
  }

  /// The first pixel of a tile.
  func origin(_ tile: Int) -> PixelPosition {
    assert(tile >= 0 && tile < count)
    return Self.list(level)[tile]
  }

  /// Calls `body` with the 6×6 pixels around a tile.
  /// - Parameter body: Gets the pixel's hidden row: 0 outside the picture, else 1 + the inner window's number; 0 as well for rows
  ///   beyond the numbered ones, which no window of the tile reaches.
  @inline(__always)
  func forEachNeighbour(of tile: Int, _ body: (_ index: Int, _ hiddenRow: Int) -> Void) {
    let origin = origin(tile)
    let numbers = level.innerNumbers
    let end = min(level.rows.upperBound + 1, level.height)
    var index = 0
    for y in origin.row - 1...origin.row + Self.side {
      for x in origin.column - 1...origin.column + Self.side {
        let isInside = y >= 0 && y < end && x >= 0 && x < level.width
        body(index, isInside ? 1 + Int(numbers[y * level.width + x]) : 0)
        index += 1
      }
    }
  }

  /// Calls `body` with the windows that first occur in a tile.
  @inline(__always)
  func forEachWindow(of tile: Int, _ body: (_ pixel: Int, _ window: Int) -> Void) {
    let origin = origin(tile)
    for row in 0..<min(Self.side, level.rows.upperBound - origin.row) {
      for column in 0..<min(Self.side, level.width - origin.column) {
        let pixel = PixelPosition(y: origin.row + row, x: origin.column + column)
        let window = Int(level.outerNumbers[pixel.row * level.width + pixel.column])
        if level.outerPositions[window] == pixel { body(row * Self.side + column, window) }
      }
    }
  }
}
