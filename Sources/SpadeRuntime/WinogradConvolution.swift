import CSpadeKernels
import SpadeCost
import SpadeModel

/// A 3×3 convolution in tiles of 4×4 pixels, by Winograd's F(4×4, 3×3): the codes that `WideProduct` makes, from a quarter
/// of its products.
///
/// A round takes as many tiles as the workspace holds. First their codes are transformed into it, once for all panels. Then
/// a task transforms the weights of one panel, up to 128 channels at a time, and multiplies a block of the round's tiles.
///
/// ```
/// workspace   Int16[depth / 128][36 points][tiles][channels], and 64 bytes after each point
/// ```
struct WinogradConvolution {
  let kernels: KernelSet
  let winograd: UnsafePointer<spade_winograd_kernels>
  let product: ProductRecord
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let pixels: PixelRows
  let output: Plane
  let residualScale: Float
  let workspace: UnsafeMutablePointer<Int16>
  var rounds: TileRounds

  private static let columns = ModelFormat.panelColumns
  private static let side = TileRounds.side
  private static let tilePixelCount = side * side
  private static let points = ModelFormat.winogradPoints
  private static let chunkDepth = ModelFormat.winogradDepth
  private static let padding = ModelFormat.winogradPadding
  /// Tiles whose codes a task transforms.
  private static let tilesPerTransform = 4

  private var across: Int { rounds.across }
  /// The last tiles may reach beyond.
  private var rowEnd: Int { pixels.rowStart + rounds.rowCount }
  private var firstTile: Int { rounds.firstTile }
  private var tileCount: Int { rounds.roundTileCount }
  private var depth: Int { Int(product.depth) }

  init(
    _ convolution: WideProduct, pixels: PixelRows, output: Plane, rounds: TileRounds,
    winograd: UnsafePointer<spade_winograd_kernels>, workspace: UnsafeMutableRawPointer
  ) {
    kernels = convolution.kernels
    self.winograd = winograd
    product = convolution.product
    panels = convolution.panels
    scales = convolution.scales
    self.pixels = pixels
    self.output = output
    residualScale = convolution.residualScale
    self.workspace = workspace.assumingMemoryBound(to: Int16.self)
    self.rounds = rounds
  }

  var transformTaskCount: Int { (tileCount + Self.tilesPerTransform - 1) / Self.tilesPerTransform }
  var multiplyTaskCount: Int { Int(product.panelCount) * rounds.blockCount }

  /// Transforms the codes of a few tiles.
  func transform(task: Int, scratch: Scratch) {
    let start = task * Self.tilesPerTransform
    for tile in start..<min(start + Self.tilesPerTransform, tileCount) {
      fillNeighbours(firstTile + tile, scratch.offsets)
      var channel = 0
      while channel < depth {
        let count = min(Self.chunkDepth, depth - channel)
        var call = spade_winograd_input(
          base: pixels.input.base.assumingMemoryBound(to: Int8.self) + channel, offsets: scratch.offsets,
          depth: count, out: chunk(channel) + tile * count, point_stride: tileCount * count + Self.padding)
        winograd.pointee.input(&call)
        channel += count
      }
    }
  }

  /// Multiplies a block of tiles by one panel.
  func multiply(task: Int, scratch: Scratch) {
    let panel = task % Int(product.panelCount)
    let start = task / Int(product.panelCount) * rounds.blockTileCount
    let count = min(rounds.blockTileCount, tileCount - start)
    scratch.tilePixels.update(repeating: 0, count: count * Self.tilePixelCount * Self.columns)
    var channel = 0
    while channel < depth {
      let chunkDepth = min(Self.chunkDepth, depth - channel)
      multiply(panel, channel, chunkDepth, start, count, scratch)
      channel += chunkDepth
    }
    winograd.pointee.finish(scratch.tilePixels, count, panels.signedBias(panel))
    var tile = 0
    while tile < count { tile += store(panel, firstTile + start + tile, tile, count - tile, scratch) }
  }

  /// Adds the products of a chunk of channels to the pixels of tiles `start ..< start + count` of the round.
  private func multiply(
    _ panel: Int, _ channel: Int, _ chunkDepth: Int, _ start: Int, _ count: Int, _ scratch: Scratch
  ) {
    let weightStride = chunkDepth * Self.columns + Self.padding
    var transform = spade_winograd_weights(
      weights: UnsafeRawPointer(panels.weights(panel) + channel * Self.columns).assumingMemoryBound(
        to: Int8.self),
      tap_stride: depth * Self.columns, depth: chunkDepth, out: scratch.tileWeights,
      point_stride: weightStride)
    winograd.pointee.weights(&transform)

    let codeStride = tileCount * chunkDepth + Self.padding
    var tile = 0
    while tile < count {
      let group = min(ScratchLayout.tileGroupCount, count - tile)
      let codes = chunk(channel) + (start + tile) * chunkDepth
      for point in 0..<Self.points {
        var call = spade_winograd_product(
          codes: codes + point * codeStride, depth_stride: chunkDepth, tile_count: group, depth: chunkDepth,
          weights: scratch.tileWeights + point * weightStride,
          sums: scratch.tileSums + point * group * Self.columns)
        winograd.pointee.product(&call)
      }
      var output = spade_winograd_output(
        sums: scratch.tileSums, tile_count: group,
        pixels: scratch.tilePixels + tile * Self.tilePixelCount * Self.columns)
      winograd.pointee.output(&output)
      tile += group
    }
  }

  /// Turns the pixels of some tiles into codes.
  /// - Parameters:
  ///   - tile: The first tile's number.
  ///   - place: Its place among the pixels in the scratch.
  ///   - count: Tiles that are left.
  /// - Returns: How many tiles that were.
  private func store(_ panel: Int, _ tile: Int, _ place: Int, _ count: Int, _ scratch: Scratch) -> Int {
    let y = pixels.rowStart + tile / across * Self.side
    let rows = min(Self.side, rowEnd - y)
    // Tiles with all their rows lie side by side; one that reaches beyond the end goes alone.
    let group =
      rows < Self.side ? 1 : min(min(count, Scratch.rowCount / Self.tilePixelCount), across - tile % across)
    for index in 0..<group {
      let x = (tile + index) % across * Self.side
      for row in 0..<rows {
        let pixel = index * Self.tilePixelCount + row * Self.side
        pixels.fillRun(output, y + row, x, Self.side, 0, scratch.outputOffsets + pixel)
        if let residual = pixels.residual {
          pixels.fillRun(
            residual, y + row, x, Self.side, pixels.residualShift, scratch.residualOffsets + pixel)
        }
      }
    }
    let column = panel * Self.columns
    var requantize = spade_requantize(
      accumulators: scratch.tilePixels + place * Self.tilePixelCount * Self.columns,
      row_count: rows < Self.side ? rows * Self.side : group * Self.tilePixelCount, scale: scales + column,
      residual: pixels.residual.map {
        UnsafePointer($0.base.assumingMemoryBound(to: Int16.self)) + column
      },
      residual_offsets: scratch.residualOffsets, residual_scale: residualScale,
      out: output.base.assumingMemoryBound(to: Int16.self) + column, out_offsets: scratch.outputOffsets)
    kernels.table.pointee.requantize(&requantize)
    return group
  }

  /// The transformed codes from `channel` on.
  private func chunk(_ channel: Int) -> UnsafeMutablePointer<Int16> {
    workspace + Self.points * (channel * tileCount + channel / Self.chunkDepth * Self.padding)
  }

  /// Byte offsets of the 6×6 pixels around a tile; offset 0 is the pixel outside. Rows that only pixels beyond `rowEnd`
  /// would need may not exist yet: outside will do for them.
  private func fillNeighbours(_ tile: Int, _ offsets: UnsafeMutablePointer<Int32>) {
    let input = pixels.input
    let top = pixels.rowStart + tile / across * Self.side - 1
    let left = tile % across * Self.side - 1
    let lastRow = min(input.height, rowEnd + 1) - 1
    var index = 0
    for y in top..<top + Self.side + 2 {
      for x in left..<left + Self.side + 2 {
        let inside = y >= 0 && y <= lastRow && x >= 0 && x < input.width
        offsets[index] = inside ? Int32(truncatingIfNeeded: (1 &+ input.pixel(y, x)) &* input.channels) : 0
        index += 1
      }
    }
  }
}

extension Runtime {
  /// Runs a convolution in tiles as far as they pay.
  /// - Parameters:
  ///   - convolution: All of the step's rows.
  ///   - pixels: The rows' pixels.
  /// - Returns: The first row that is left to make.
  mutating func runInTiles(_ convolution: WideProduct, _ step: StepRecord, _ pixels: PixelRows) -> Int {
    guard let rounds = TileRounds(step, model),
      let winograd = kernels.table.pointee.winograd
    else {
      return Int(step.rowStart)
    }
    var tiles = WinogradConvolution(
      convolution, pixels: pixels, output: plane(step.output), rounds: rounds, winograd: winograd,
      workspace: arena + Int(model.buffer(Int(step.workspace)).offset))
    while tiles.rounds.next(threadCount: threadCount) {
      var job = (tiles, scratch)
      pool.run(tiles.transformTaskCount, &job) { context, task, thread in
        let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (WinogradConvolution, ScratchAreas).self)
        job.pointee.0.transform(task: task, scratch: job.pointee.1[thread])
      }
      pool.run(tiles.multiplyTaskCount, &job) { context, task, thread in
        let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (WinogradConvolution, ScratchAreas).self)
        job.pointee.0.multiply(task: task, scratch: job.pointee.1[thread])
      }
      count(
        convolution.product, rowCount: tiles.rounds.roundTileCount,
        tapCount: UInt32(ModelFormat.winogradPoints))
    }
    return Int(step.rowStart) + rounds.rowCount
  }
}
