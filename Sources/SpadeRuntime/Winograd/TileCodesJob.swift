import SpadeCost

/// Transforms the codes of a round's tiles, a few tiles per task.
struct TileCodesJob: PoolJob {
  let convolution: WinogradConvolution

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let tilesPerTask = 4

  private var tileCount: Int { convolution.rounds.roundTileCount }

  var taskCount: Int { (tileCount + Self.tilesPerTask - 1) / Self.tilesPerTask }

  func run(task: Int, scratch: Scratch) {
    let start = task * Self.tilesPerTask
    let product = convolution.product
    let input = convolution.pixels.input
    for tile in start..<min(start + Self.tilesPerTask, tileCount) {
      fillNeighbours(convolution.rounds.firstTile + tile, scratch.offsets)
      product.transform(
        input.codes, isFine: input.isFine(depth: product.panels.depth), to: convolution.codes, tile: tile,
        scratch)
    }
  }

  /// Byte offsets of the 6×6 pixels around a tile; offset 0 is the pixel outside. Rows that only pixels beyond the tiles'
  /// last row would need may not exist yet: outside will do for them.
  private func fillNeighbours(_ tile: Int, _ offsets: UnsafeMutablePointer<Int32>) {
    let input = convolution.pixels.input
    let origin = convolution.origin(tile)
    let side = WinogradConvolution.side
    let lastRow = min(input.height, convolution.rowEnd + 1) - 1
    var index = 0
    for y in origin.y - 1...origin.y + side {
      for x in origin.x - 1...origin.x + side {
        let inside = y >= 0 && y <= lastRow && x >= 0 && x < input.width
        offsets[index] = inside ? Int32(truncatingIfNeeded: input.codeOffset(y, x)) : 0
        index += 1
      }
    }
  }
}
