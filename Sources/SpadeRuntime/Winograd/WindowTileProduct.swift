import SpadeCost
import SpadeModel

/// A and B in tiles: where most pixels of a level have windows of their own, tiles of pixels are less work than a row for each window.
/// The same integers as the direct product.
///
/// A round takes a block of tiles for each thread. Their transformed codes lie in the threads' areas, where tap tables are else.
struct WindowTileProduct {
  let product: TileProduct
  let tiles: WindowTiles
  /// `Int8[1 + inner windows][depth]`; the first row stands for "outside".
  let hidden: UnsafePointer<Int8>
  let output: WideOutput
  /// Int16 of one outer window's A and B.
  let outputStride: Int
  let areas: ScratchAreas
  var rounds: WindowTileRounds

  /// The transformed codes of a block.
  func codes(_ block: Int) -> TileCodes {
    TileCodes(base: areas[block].tileCodes, count: rounds.block(block).count)
  }
}

/// Transforms the hidden activations around a round's tiles, a few tiles per task.
struct WindowTileCodesJob: PoolJob {
  let round: WindowTileProduct

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let tilesPerTask = 4

  private var tasksPerBlock: Int {
    (round.rounds.blockTileCount + Self.tilesPerTask - 1) / Self.tilesPerTask
  }

  var taskCount: Int { round.rounds.blockCount * tasksPerBlock }

  func run(task: Int, scratch: Scratch) {
    let block = task / tasksPerBlock
    let tiles = round.rounds.block(block)
    let depth = round.product.panels.depth
    // The last block may be shorter than the others.
    var tile = task % tasksPerBlock * Self.tilesPerTask
    let end = min(tile + Self.tilesPerTask, tiles.count)
    while tile < end {
      round.tiles.forEachNeighbour(of: tiles.lowerBound + tile) { index, hiddenRow in
        scratch.offsets[index] = Int32(truncatingIfNeeded: hiddenRow &* depth)
      }
      round.product.transform(round.hidden, isFine: false, to: round.codes(block), tile: tile, scratch)
      tile += 1
    }
  }
}

/// Multiplies a block of a round's tiles by one panel per task, and keeps the pixels at which windows first occur.
struct WindowTileProductJob: PoolJob {
  let round: WindowTileProduct

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let columns = ModelFormat.panelColumns

  private var panelCount: Int { round.product.panels.count }

  var taskCount: Int { panelCount * round.rounds.blockCount }

  func run(task: Int, scratch: Scratch) {
    let panel = task % panelCount
    let tiles = round.rounds.block(task / panelCount)
    round.product.multiply(
      round.codes(task / panelCount), 0..<tiles.count, panel: panel, scratch)
    var rowCount = 0
    for tile in 0..<tiles.count {
      if rowCount > Scratch.rowCount - TileProduct.pixelCount {
        round.output.write(scratch.accumulators, rowCount: rowCount, panel: panel, scratch: scratch)
        rowCount = 0
      }
      let sums = scratch.tilePixels + tile * TileProduct.tileSumCount
      round.tiles.forEachWindow(of: tiles.lowerBound + tile) { pixel, window in
        (scratch.accumulators + rowCount * Self.columns).update(
          from: sums + pixel * Self.columns, count: Self.columns)
        scratch.outputOffsets[rowCount] = Int32(truncatingIfNeeded: window &* round.outputStride)
        rowCount += 1
      }
    }
    // Each tile has a window.
    round.output.write(scratch.accumulators, rowCount: rowCount, panel: panel, scratch: scratch)
  }
}
