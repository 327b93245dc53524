import CSpadeKernels
import SpadeCost
import SpadeModel

/// A 3×3 convolution in tiles of 4×4 pixels, by Winograd's F(4×4, 3×3): the codes that `WideProductJob` makes, from a
/// quarter of its products.
///
/// A round takes as many tiles as the workspace holds. First `TileCodesJob` transforms their codes into it, once for all
/// panels. Then a task of `TileProductJob` transforms the weights of one panel, up to 128 channels at a time, and multiplies
/// a block of the round's tiles.
///
/// ```
/// workspace   Int16[depth / 128][36 points][tiles][channels], and 64 bytes after each point
/// ```
struct WinogradConvolution {
  let kernels: UnsafePointer<spade_winograd_kernels>
  let panels: WeightPanels
  let pixels: PixelRows
  let output: WideOutput
  let workspace: UnsafeMutablePointer<Int16>
  var rounds: TileRounds

  static let side = TileRounds.side
  static let pixelCount = ModelFormat.winogradPixels
  static let pointCount = ModelFormat.winogradPoints

  /// Up to 128 channels that are transformed and multiplied together.
  struct Chunk {
    let channel: Int
    let depth: Int

    /// Int16 from one point of the panel's transformed weights to the next.
    var weightStride: Int { depth * ModelFormat.panelColumns + ModelFormat.winogradPadding }

    /// Int16 from one point of `tileCount` tiles' transformed codes to the next.
    func codeStride(tileCount: Int) -> Int { tileCount * depth + ModelFormat.winogradPadding }
  }

  @inline(__always)
  func forEachChunk(_ body: (Chunk) -> Void) {
    var channel = 0
    while channel < panels.depth {
      let chunk = Chunk(channel: channel, depth: min(ModelFormat.winogradDepth, panels.depth - channel))
      body(chunk)
      channel += chunk.depth
    }
  }

  /// The transformed codes of a chunk, from the round's tile `tile` on.
  func codes(_ chunk: Chunk, tile: Int) -> UnsafeMutablePointer<Int16> {
    let chunksBefore = chunk.channel / ModelFormat.winogradDepth
    let start =
      Self.pointCount * (chunk.channel * rounds.roundTileCount + chunksBefore * ModelFormat.winogradPadding)
    return workspace + (start + tile * chunk.depth)
  }

  /// The rows that tiles make; the last tiles may reach beyond.
  var rowEnd: Int { pixels.rowStart + rounds.rowCount }

  /// The first pixel of a tile, counted from the step's first.
  func origin(_ tile: Int) -> (y: Int, x: Int) {
    assert(tile >= 0 && tile < rounds.tileCount)
    return (pixels.rowStart + tile / rounds.across * Self.side, tile % rounds.across * Self.side)
  }
}
