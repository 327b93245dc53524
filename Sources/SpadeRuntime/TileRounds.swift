import CSpadeKernels
import SpadeModel

/// How a 3×3 convolution step divides into tiles of 4×4 pixels, the tiles into rounds of as many as the step's workspace
/// holds, and a round into blocks, which one task multiplies by one panel.
public struct TileRounds: Sendable {
  /// The end of the rows that tiles make: a single last row is left to the direct product.
  public let rowEnd: Int
  /// All tiles. The last may reach beyond `rowEnd`.
  public let tileCount: Int
  /// Tiles side by side.
  let across: Int
  private let capacity: Int
  private let panelCount: Int
  private let isShallow: Bool
  /// This round's tiles: none before the first round.
  private(set) var firstTile = 0
  public private(set) var roundTileCount = 0
  private(set) var blockTileCount = 0

  static let side = Int(SPADE_WINOGRAD_SIDE)

  /// - Returns: `nil` where the step's plan has no tiles.
  public init?(_ step: StepRecord, _ model: Model) {
    guard step.workspace != ModelFormat.none else { return nil }
    let product = model.product(Int(step.operand))
    let rows = Int(step.rowEnd) - Int(step.rowStart)
    let width = Int(model.buffer(Int(step.input)).width)
    guard width % Self.side == 0, rows > 1 else { return nil }
    rowEnd = rows % Self.side == 1 ? Int(step.rowEnd) - 1 : Int(step.rowEnd)
    across = width / Self.side
    tileCount = (rows + Self.side - 2) / Self.side * across
    panelCount = Int(product.panelCount)
    isShallow = Int(product.depth) <= ModelFormat.winogradDepth
    capacity = ModelFormat.winogradTileCount(
      workspaceByteCount: Int(model.buffer(Int(step.workspace)).byteCount), depth: Int(product.depth))
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
    let least = isShallow ? ModelFormat.winogradGroup : ModelFormat.winogradGroup / 2
    blockTileCount = max(min(share, ModelFormat.winogradTaskTiles), min(least, roundTileCount))
    return true
  }
}
