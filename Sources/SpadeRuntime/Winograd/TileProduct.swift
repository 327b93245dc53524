import CSpadeKernels
import SpadeModel

/// 3×3 products of tiles of 4×4 pixels by Winograd's F(4×4, 3×3): the sums of a direct product, from a quarter of its
/// multiply-adds. Up to 128 channels are transformed and multiplied together.
struct TileProduct {
  let kernels: UnsafePointer<spade_winograd_kernels>
  let panels: WeightPanels

  static let pixelCount = ModelFormat.winogradPixels
  static let pointCount = ModelFormat.winogradPoints
  private static let columns = ModelFormat.panelColumns
  /// Sums of a tile.
  static let tileSumCount = pixelCount * columns

  /// Up to 128 channels that are transformed and multiplied together.
  struct Chunk {
    let channel: Int
    let depth: Int

    /// Int16 from one point of the panel's transformed weights to the next.
    var weightStride: Int { depth * ModelFormat.panelColumns + ModelFormat.winogradPadding }
  }

  @inline(__always)
  private func forEachChunk(_ body: (Chunk) -> Void) {
    var channel = 0
    while channel < panels.depth {
      let chunk = Chunk(channel: channel, depth: min(ModelFormat.winogradDepth, panels.depth - channel))
      body(chunk)
      channel += chunk.depth
    }
  }

  /// Transforms the codes of a tile.
  /// - Parameters:
  ///   - base: What the scratch offsets count from: those of the 6×6 pixels around the tile.
  ///   - isFine: Whether the codes are fine.
  func transform(
    _ base: UnsafePointer<Int8>, isFine: Bool, to tiles: TileCodes, tile: Int, _ scratch: Scratch
  ) {
    forEachChunk { chunk in
      var call = spade_winograd_input(
        base: base + chunk.channel, offsets: scratch.offsets, depth: chunk.depth,
        low: isFine ? panels.depth : 0, out: tiles.codes(chunk, tile: tile),
        point_stride: tiles.pointStride(chunk))
      kernels.pointee.input(&call)
    }
  }

  /// Multiplies some tiles by a panel: the sums of their pixels, `Int32[tiles][16 pixels][16]`, in the scratch.
  /// - Parameter block: 1 … 64 of `tiles`.
  func multiply(_ tiles: TileCodes, _ block: Range<Int>, panel: Int, _ scratch: Scratch) {
    assert((1...ScratchLayout.tileBlockCount).contains(block.count) && block.upperBound <= tiles.count)
    let bias = panels.signedBias(panel)
    for pixel in 0..<block.count * Self.pixelCount {
      (scratch.tilePixels + pixel * Self.columns).update(from: bias, count: Self.columns)
    }
    forEachChunk { chunk in
      transformWeights(panel, chunk, scratch)
      multiply(tiles, block, chunk, nextWeights(panel, chunk), scratch)
    }
  }

  private func transformWeights(_ panel: Int, _ chunk: Chunk, _ scratch: Scratch) {
    let weights = panels.weights(panel) + chunk.channel * Self.columns
    var call = spade_winograd_weights(
      weights: UnsafeRawPointer(weights).assumingMemoryBound(to: Int8.self),
      tap_stride: panels.depth * Self.columns, depth: chunk.depth, out: scratch.tileWeights,
      point_stride: chunk.weightStride)
    kernels.pointee.weights(&call)
  }

  /// The weights that are transformed after a chunk's, for one of the taps: those of the next channels, or of the next panel's
  /// first.
  private func nextWeights(_ panel: Int, _ chunk: Chunk) -> UnsafePointer<UInt8>? {
    let channel = chunk.channel + chunk.depth
    if channel < panels.depth { return panels.weights(panel) + channel * Self.columns }
    return panel + 1 < panels.count ? panels.weights(panel + 1) : nil
  }

  /// Brings a part of the next weights near, the same share at each point: there are 36 points and nine taps.
  private func prefetch(_ weights: UnsafePointer<UInt8>, point: Int, _ chunk: Chunk) {
    let byteCount = chunk.depth * Self.columns / 4
    spade_prefetch(weights + (point / 4 * panels.depth * Self.columns + point % 4 * byteCount), byteCount)
  }

  /// Adds the products of a chunk of channels to the pixels of a block of tiles.
  private func multiply(
    _ tiles: TileCodes, _ block: Range<Int>, _ chunk: Chunk, _ nextWeights: UnsafePointer<UInt8>?,
    _ scratch: Scratch
  ) {
    let pointStride = tiles.pointStride(chunk)
    var index = 0
    while index < block.count {
      let count = min(ScratchLayout.tileGroupCount, block.count - index)
      let codes = tiles.codes(chunk, tile: block.lowerBound + index)
      for point in 0..<Self.pointCount {
        var call = spade_winograd_product(
          codes: codes + point * pointStride, depth_stride: chunk.depth, tile_count: count,
          depth: chunk.depth,
          weights: scratch.tileWeights + point * chunk.weightStride,
          sums: scratch.tileSums + point * count * Self.columns)
        kernels.pointee.product(&call)
        if let nextWeights, index == 0 { prefetch(nextWeights, point: point, chunk) }
      }
      var output = spade_winograd_output(
        sums: scratch.tileSums, tile_count: count, pixels: scratch.tilePixels + index * Self.tileSumCount)
      kernels.pointee.output(&output)
      index += count
    }
  }
}

/// The transformed codes of some tiles: `Int16[depth / 128][36 points][tiles][channels]`, and 64 bytes after each point.
struct TileCodes {
  let base: UnsafeMutablePointer<Int16>
  let count: Int

  /// Int16 from one point to the next.
  func pointStride(_ chunk: TileProduct.Chunk) -> Int { count * chunk.depth + ModelFormat.winogradPadding }

  /// Those of a chunk's channels, from tile `tile` on.
  func codes(_ chunk: TileProduct.Chunk, tile: Int) -> UnsafeMutablePointer<Int16> {
    let chunksBefore = chunk.channel / ModelFormat.winogradDepth
    let start =
      TileProduct.pointCount * (chunk.channel * count + chunksBefore * ModelFormat.winogradPadding)
    return base + (start + tile * chunk.depth)
  }
}
