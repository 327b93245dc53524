import SpadeCost
import SpadeModel

extension Runtime {
  /// A and B of a norm for the level's outer windows, unless made since they were numbered.
  mutating func makeAffine(_ index: NormIndex) {
    let norm = model.windowAffine(index)
    let level = level(norm.level)
    let state = normState(index)
    if state.affineGeneration == level.generation { return }
    state.affineGeneration = level.generation

    let product = product(norm.product)
    let hidden: UnsafeMutablePointer<Int8> = buffer(norm.hiddenBuffer)
    let windows = WindowRows(level: level, kernelSize: product.kernelSize)
    // A and B of all channels, interleaved.
    let columns = Int(model.norm(index).channels) * 2
    let output = WideOutput(
      codes: buffer(norm.affineBuffer), scales: product.scales, residual: nil, kernels: kernels)
    if norm.features != nil {
      let features = features(norm)
      let rowProductCount = features.tapCount * 2 * Int(product.record.usedDepth)
      productCount &+= UInt64(level.outerCount) &* UInt64(rowProductCount)
      count(product, rowCount: 2 * level.outerCount, tapCount: 1)
      pool.run(
        FeatureProductJob(features, product.panels, output, outputStride: columns, threadCount: threadCount),
        scratch: scratch)
      return
    }
    let shape = ProductShape(product.record)
    let tapRowCapacity = Int(model.configuration.tapRowCapacity)
    // A tile has 16 windows at most.
    if shape.isMadeInTiles(
      inner: level.innerCount, outer: level.outerCount, tiles: (level.outerCount + 15) / 16,
      tapRowCapacity: tapRowCapacity, rowsPerTile: kernels.rowsPerTile)
    {
      let tiles = WindowTiles(level, scratch[0])
      if shape.isMadeInTiles(
        inner: level.innerCount, outer: level.outerCount, tiles: tiles.count, tapRowCapacity: tapRowCapacity,
        rowsPerTile: kernels.rowsPerTile)
      {
        makeAffine(
          in: tiles, product, hidden: hidden, output, outputStride: columns,
          capacity: shape.windowTileCapacity(tapRowCapacity: tapRowCapacity))
        return
      }
    }
    if shape.isMadeByTaps(
      inner: level.innerCount, outer: level.outerCount, tapRowCapacity: tapRowCapacity)
    {
      count(product, rowCount: level.innerCount + 1, tapCount: product.tapCount)
      pool.run(
        TapTableJob(
          panels: product.panels, hidden: hidden, output: output, windows: windows, outputStride: columns),
        scratch: scratch)
    } else {
      count(product, rowCount: level.outerCount, tapCount: product.tapCount)
      pool.run(
        WideProductJob(
          panels: product.panels, input: hidden, output: output,
          rows: .windows(windows, hidden: product.depth, columns: columns), rowCount: level.outerCount,
          isFine: false),
        scratch: scratch)
    }
  }

  /// A and B of the windows that first occur in some tiles.
  /// - Parameter capacity: Tiles of a block at most.
  private mutating func makeAffine(
    in tiles: WindowTiles, _ product: ProductOperand, hidden: UnsafePointer<Int8>, _ output: WideOutput,
    outputStride: Int, capacity: Int
  ) {
    // Safe: without such kernels no product is made in tiles.
    let winograd = kernels.table.pointee.winograd.unsafelyUnwrapped
    var round = WindowTileProduct(
      product: TileProduct(kernels: winograd, panels: product.panels), tiles: tiles, hidden: hidden,
      output: output, outputStride: outputStride, areas: scratch,
      rounds: WindowTileRounds(tileCount: tiles.count, capacity: capacity, threadCount: threadCount))
    while round.rounds.next() {
      pool.run(WindowTileCodesJob(round: round), scratch: scratch)
      pool.run(WindowTileProductJob(round: round), scratch: scratch)
      count(product, rowCount: round.rounds.tiles.count, tapCount: ModelFormat.winogradPoints)
    }
  }
}
