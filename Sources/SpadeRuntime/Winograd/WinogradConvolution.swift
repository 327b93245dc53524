import SpadeCost
import SpadeModel

/// A 3×3 convolution in tiles: the codes that `WideProductJob` makes.
///
/// A round takes as many tiles as the workspace holds. First `TileCodesJob` transforms their codes into it, once for all
/// panels. Then a task of `TileProductJob` transforms the weights of one panel and multiplies a block of the round's tiles.
struct WinogradConvolution {
  let product: TileProduct
  let pixels: PixelRows
  let output: WideOutput
  let workspace: UnsafeMutablePointer<Int16>
  var rounds: TileRounds

  static let side = TileRounds.side

  /// The round's tiles.
  var codes: TileCodes { TileCodes(base: workspace, count: rounds.roundTileCount) }

  /// The rows that tiles make; the last tiles may reach beyond.
  var rowEnd: Int { pixels.rowStart + rounds.rowCount }

  /// The first pixel of a tile, counted from the step's first.
  func origin(_ tile: Int) -> (y: Int, x: Int) {
    assert(tile >= 0 && tile < rounds.tileCount)
    return (pixels.rowStart + tile / rounds.across * Self.side, tile % rounds.across * Self.side)
  }
}
