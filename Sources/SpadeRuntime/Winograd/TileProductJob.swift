import SpadeCost
import SpadeModel

/// Multiplies a block of a round's tiles by one panel per task.
struct TileProductJob: PoolJob {
  let convolution: WinogradConvolution

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var panelCount: Int { convolution.product.panels.count }

  var taskCount: Int { panelCount * convolution.rounds.blockCount }

  func run(task: Int, scratch: Scratch) {
    let panel = task % panelCount
    let rounds = convolution.rounds
    let start = task / panelCount * rounds.blockTileCount
    let tiles = start..<min(start + rounds.blockTileCount, rounds.roundTileCount)
    convolution.product.multiply(convolution.codes, tiles, panel: panel, scratch)
    var index = 0
    while index < tiles.count { index += store(tiles, from: index, panel: panel, scratch) }
  }

  /// Turns pixels of the scratch into codes: those of tile `index` of `tiles`, and of tiles after it that lie beside it.
  /// - Returns: How many tiles that were.
  private func store(_ tiles: Range<Int>, from index: Int, panel: Int, _ scratch: Scratch) -> Int {
    let side = WinogradConvolution.side
    let origin = convolution.origin(convolution.rounds.firstTile + tiles.lowerBound + index)
    let rowCount = min(side, convolution.rowEnd - origin.y)
    let isWhole = rowCount == side
    // Tiles with all their rows lie side by side; one that reaches beyond the end goes alone.
    let room = Scratch.rowCount / TileProduct.pixelCount
    let left = convolution.rounds.across - origin.x / side
    let count = isWhole ? min(min(tiles.count - index, room), left) : 1
    for tile in 0..<count {
      for row in 0..<rowCount {
        convolution.pixels.fillRun(
          y: origin.y + row, x: origin.x + tile * side, count: side,
          at: tile * TileProduct.pixelCount + row * side, scratch)
      }
    }
    convolution.output.write(
      scratch.tilePixels + index * TileProduct.tileSumCount,
      rowCount: isWhole ? count * TileProduct.pixelCount : rowCount * side, panel: panel, scratch: scratch)
    return count
  }
}
