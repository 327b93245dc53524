import SpadeModel

/// How a 3×3 convolution step divides into tiles of 4×4 pixels, the tiles into rounds of as many as the step's workspace
/// holds, and a round into blocks, which one task multiplies by one panel.
public struct TileRounds: Sendable {
  /// Rows that tiles make: none where the step's plan has no tiles, and a single last row is left to the direct product.
  public let rowCount: Int
  /// All tiles. The last may reach beyond `rowCount`.
  public let tileCount: Int
  /// Tiles side by side.
  public let across: Int
  private let capacity: Int
  private let panelCount: Int
  private let isShallow: Bool
  /// This round's tiles: none before the first round.
  public private(set) var firstTile = 0
  public private(set) var roundTileCount = 0
  public private(set) var blockTileCount = 0

  /// Pixels of a tile's side.
  public static var side: Int { 4 }

  public init(_ convolution: ConvolutionShape) {
    capacity = convolution.workspaceTileCount ?? 0
    let hasTiles = capacity > 0 && convolution.width % Self.side == 0 && convolution.rowCount > 1
    let rows = hasTiles ? convolution.rowCount : 0
    rowCount = rows % Self.side == 1 ? rows - 1 : rows
    across = convolution.width / Self.side
    tileCount = (rows + Self.side - 2) / Self.side * across
    panelCount = convolution.product.panelCount
    isShallow = convolution.product.depth <= ModelFormat.winogradDepth
  }

  /// Blocks of this round.
  public var blockCount: Int { (roundTileCount + blockTileCount - 1) / blockTileCount }

  /// Goes on to the next round.
  /// - Returns: Whether there is one.
  public mutating func next(threadCount: Int) -> Bool {
    firstTile += roundTileCount
    roundTileCount = min(capacity, tileCount - firstTile)
    guard roundTileCount > 0 else { return false }
    // Small blocks keep all threads busy, large ones transform the weights less often. A thread's share of shallow codes
    // stays in its core's cache between the two.
    let share =
      isShallow
      ? (roundTileCount + threadCount - 1) / threadCount : roundTileCount * panelCount / (2 * threadCount)
    let least = isShallow ? ScratchLayout.tileGroupCount : ScratchLayout.tileGroupCount / 2
    blockTileCount = max(min(share, ScratchLayout.tileBlockCount), min(least, roundTileCount))
    return true
  }
}
