import SpadeModel

/// How γ and β are made in tiles: the tiles of 4×4 pixels in which a level's outer windows first occur are multiplied in rounds of
/// a block for each thread.
public struct WindowTileRounds: Sendable {
  public let tileCount: Int
  /// Tiles of a block at most.
  private let capacity: Int
  private let threadCount: Int
  /// This round's tiles: none before the first round.
  public private(set) var tiles = 0..<0

  /// - Parameter capacity: `ProductShape.windowTileCapacity`.
  public init(tileCount: Int, capacity: Int, threadCount: Int) {
    assert(capacity > 0)
    self.tileCount = tileCount
    self.capacity = capacity
    self.threadCount = threadCount
  }

  /// Goes on to the next round.
  /// - Returns: Whether there is one.
  public mutating func next() -> Bool {
    let start = tiles.upperBound
    tiles = start..<min(start + capacity * threadCount, tileCount)
    return !tiles.isEmpty
  }

  public var blockCount: Int { (tiles.count + capacity - 1) / capacity }

  /// Tiles of each block of this round but the last.
  public var blockTileCount: Int { (tiles.count + blockCount - 1) / blockCount }

  /// The tiles of a block, counted from the first of all.
  public func block(_ index: Int) -> Range<Int> {
    let start = tiles.lowerBound + index * blockTileCount
    return start..<min(start + blockTileCount, tiles.upperBound)
  }

  /// An estimate of the tiles in which windows first occur.
  ///
  /// With a share x of the pixels new, 1 − (1 − x)² of the tiles are met: as if each tile had two places, since new windows lie side by
  /// side along borders. At resolutions of eight or more tiles, for eight maps as three networks read them, the median error is 5 % and the worst 30 %.
  /// - Parameters:
  ///   - outer: Distinct outer windows of the rows.
  public static func tileCount(outer: Int, rowCount: Int, width: Int) -> Int {
    let side = TileRounds.side
    let all = (rowCount + side - 1) / side * ((width + side - 1) / side)
    let share = Double(outer) / Double(max(rowCount * width, 1))
    return min(Int((Double(all) * share * (2 - share)).rounded(.up)), outer)
  }
}

extension ProductShape {
  /// Tiles of a block where γ and β are made in tiles: as many as fit in what a thread has for its tap table, behind what tiles need
  /// besides.
  public func windowTileCapacity(tapRowCapacity: Int) -> Int {
    guard kernelSize == 3 else { return 0 }
    return ScratchLayout.windowTileCount(tapCount: tapCount, tapRowCapacity: tapRowCapacity, depth: depth)
  }

  /// Whether γ and β are less work in tiles than by taps or window by window, and the codes of some tiles fit. To transform the weights
  /// for a block takes about as long as a tile.
  /// - Parameters:
  ///   - inner, outer: Distinct windows.
  ///   - tiles: Tiles in which outer windows first occur.
  ///   - rowsPerTile: Rows of the direct product that take as long as a tile; `nil` where kernels have none.
  public func isMadeInTiles(
    inner: Int, outer: Int, tiles: Int, tapRowCapacity: Int, rowsPerTile: Double?
  ) -> Bool {
    guard let rowsPerTile else { return false }
    let capacity = windowTileCapacity(tapRowCapacity: tapRowCapacity)
    guard capacity > 0 else { return false }
    let blockCount = (tiles + capacity - 1) / capacity
    let isByTaps = isMadeByTaps(inner: inner, outer: outer, tapRowCapacity: tapRowCapacity)
    let rows = isByTaps ? Double(inner + 1) + Double(outer) * 3 / 32 : Double(outer)
    return Double(tiles + blockCount) * rowsPerTile < rows
  }
}
