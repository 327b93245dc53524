import CSpadeKernels
import SpadeCost
import SpadeModel

/// Multiplies a block of a round's tiles by one panel per task.
struct TileProductJob: PoolJob {
  let convolution: WinogradConvolution

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let columns = ModelFormat.panelColumns
  /// Sums of a tile.
  private static let tileSumCount = WinogradConvolution.pixelCount * columns

  private var panels: WeightPanels { convolution.panels }

  var taskCount: Int { panels.count * convolution.rounds.blockCount }

  func run(task: Int, scratch: Scratch) {
    let panel = task % panels.count
    let rounds = convolution.rounds
    let start = task / panels.count * rounds.blockTileCount
    let tiles = start..<min(start + rounds.blockTileCount, rounds.roundTileCount)
    assert(tiles.count <= ScratchLayout.tileBlockCount)
    let bias = panels.signedBias(panel)
    for pixel in 0..<tiles.count * WinogradConvolution.pixelCount {
      (scratch.tilePixels + pixel * Self.columns).update(from: bias, count: Self.columns)
    }
    convolution.forEachChunk { chunk in
      transformWeights(panel, chunk, scratch)
      multiply(tiles, chunk, nextWeights(panel, chunk), scratch)
    }
    var index = 0
    while index < tiles.count { index += store(tiles, from: index, panel: panel, scratch) }
  }

  private func transformWeights(_ panel: Int, _ chunk: WinogradConvolution.Chunk, _ scratch: Scratch) {
    let weights = panels.weights(panel) + chunk.channel * Self.columns
    var call = spade_winograd_weights(
      weights: UnsafeRawPointer(weights).assumingMemoryBound(to: Int8.self),
      tap_stride: panels.depth * Self.columns, depth: chunk.depth, out: scratch.tileWeights,
      point_stride: chunk.weightStride)
    convolution.kernels.pointee.weights(&call)
  }

  /// The weights that are transformed after a chunk's, for one of the taps: those of the next channels, or of the next panel's
  /// first.
  private func nextWeights(_ panel: Int, _ chunk: WinogradConvolution.Chunk) -> UnsafePointer<UInt8>? {
    let channel = chunk.channel + chunk.depth
    if channel < panels.depth { return panels.weights(panel) + channel * Self.columns }
    return panel + 1 < panels.count ? panels.weights(panel + 1) : nil
  }

  /// Brings a part of the next weights near, the same share at each point: there are 36 points and nine taps.
  private func prefetch(_ weights: UnsafePointer<UInt8>, point: Int, _ chunk: WinogradConvolution.Chunk) {
    let byteCount = chunk.depth * Self.columns / 4
    spade_prefetch(weights + (point / 4 * panels.depth * Self.columns + point % 4 * byteCount), byteCount)
  }

  /// Adds the products of a chunk of channels to the pixels of some of the round's tiles.
  private func multiply(
    _ tiles: Range<Int>, _ chunk: WinogradConvolution.Chunk, _ nextWeights: UnsafePointer<UInt8>?,
    _ scratch: Scratch
  ) {
    let codeStride = chunk.codeStride(tileCount: convolution.rounds.roundTileCount)
    var index = 0
    while index < tiles.count {
      let count = min(ScratchLayout.tileGroupCount, tiles.count - index)
      let codes = convolution.codes(chunk, tile: tiles.lowerBound + index)
      for point in 0..<WinogradConvolution.pointCount {
        var call = spade_winograd_product(
          codes: codes + point * codeStride, depth_stride: chunk.depth, tile_count: count, depth: chunk.depth,
          weights: scratch.tileWeights + point * chunk.weightStride,
          sums: scratch.tileSums + point * count * Self.columns)
        convolution.kernels.pointee.product(&call)
        if let nextWeights, index == 0 { prefetch(nextWeights, point: point, chunk) }
      }
      var output = spade_winograd_output(
        sums: scratch.tileSums, tile_count: count, pixels: scratch.tilePixels + index * Self.tileSumCount)
      convolution.kernels.pointee.output(&output)
      index += count
    }
  }

  /// Turns pixels of the scratch into codes: those of tile `index` of `tiles`, and of tiles after it that lie beside it.
  /// - Returns: How many tiles that were.
  private func store(_ tiles: Range<Int>, from index: Int, panel: Int, _ scratch: Scratch) -> Int {
    let side = WinogradConvolution.side
    let origin = convolution.origin(convolution.rounds.firstTile + tiles.lowerBound + index)
    let rowCount = min(side, convolution.rowEnd - origin.y)
    let isWhole = rowCount == side
    // Tiles with all their rows lie side by side; one that reaches beyond the end goes alone.
    let room = Scratch.rowCount / WinogradConvolution.pixelCount
    let left = convolution.rounds.across - origin.x / side
    let count = isWhole ? min(min(tiles.count - index, room), left) : 1
    for tile in 0..<count {
      for row in 0..<rowCount {
        convolution.pixels.fillRun(
          y: origin.y + row, x: origin.x + tile * side, count: side,
          at: tile * WinogradConvolution.pixelCount + row * side, scratch)
      }
    }
    convolution.output.write(
      scratch.tilePixels + index * Self.tileSumCount,
      rowCount: isWhole ? count * WinogradConvolution.pixelCount : rowCount * side, panel: panel,
      scratch: scratch)
    return count
  }
}
