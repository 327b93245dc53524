import SpadeCost
import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// A and B in tiles: the same picture, from products that follow from the windows alone.
@Suite struct WindowTileTests {
  /// Room for a few tiles a block, and for as many as a task takes.
  private static let variants = [
    PlanTests.Variant(firstBandedBlock: 99, bandRowCount: 4096, whole: 1e6, band: 1e6, taps: 0.2),
    PlanTests.Variant(firstBandedBlock: 3, bandRowCount: 6, whole: 0.5, band: 1.3, taps: 1e6),
  ]

  @Test(arguments: [TinyNetwork.plain, .instanceEdges]) func samePictureInTiles(_ network: TinyNetwork) throws
  {
    let planned = try PlannedModel(network)
    let roomiest = try ModelRun(planned.file(PlanTests.roomiest))
    for map in [network.noiseMap(), network.noiseMap(seed: 5), network.maps(1, seed: 9)[0]] {
      let expected = try roomiest.frame(map, style: [], kernels: supportedKernels[0]).checksum
      for variant in Self.variants {
        let run = try ModelRun(planned.file(variant))
        for kernels in supportedKernels {
          for threadCount in [1, 3] {
            let frame = try run.frame(map, style: [], kernels: kernels, threadCount: threadCount)
            #expect(
              frame.checksum == expected && frame.isIntact,
              "\(variant.testDescription), set \(kernels.index), \(threadCount) threads")
          }
        }
      }
    }
  }

  /// With noise nearly every tile of a fine level is met, and tiles are the least work where kernels have them; with one class only
  /// in a level of a single tile, whose sixteen windows all differ by their borders.
  @Test func noiseIsMadeInTiles() throws {
    let network = TinyNetwork.plain
    let run = try ModelRun(try PlannedModel(network).file(Self.variants[1]))
    for kernels in supportedKernels {
      let tiledCount = try run.tiledAffineCount(network.noiseMap(), kernels)
      #expect((tiledCount > 0) == kernels.hasTiles, "set \(kernels.index)")
      let flatCount = try run.tiledAffineCount(network.flatMap(), kernels)
      #expect(flatCount == 0 || flatCount < tiledCount / 2, "set \(kernels.index)")
    }
  }

  /// Every window is at one pixel of one tile, and no tile is without.
  @Test(arguments: [TinyNetwork.plain, .instanceEdges]) func tilesHoldEachWindowOnce(_ network: TinyNetwork)
    throws
  {
    let planned = try PlannedModel(network)
    for variant in PlanTests.variants + Self.variants {
      let run = try ModelRun(planned.file(variant))
      defer { withExtendedLifetime(run) {} }
      for map in [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()] {
        try run.expectTilesWithEachWindow(map)
      }
    }
  }

  /// Whatever the number of threads, rounds and their blocks hold each tile once.
  @Test func roundsHoldEveryTileOnce() {
    for (tileCount, capacity, threadCount) in [(1, 64, 1), (64, 64, 4), (65, 64, 1), (130, 7, 3), (5, 1, 2)] {
      var rounds = WindowTileRounds(tileCount: tileCount, capacity: capacity, threadCount: threadCount)
      var next = 0
      while rounds.next() {
        #expect((1...threadCount).contains(rounds.blockCount))
        for block in 0..<rounds.blockCount {
          let tiles = rounds.block(block)
          #expect(tiles.lowerBound == next && (1...capacity).contains(tiles.count))
          next = tiles.upperBound
        }
        #expect(next == rounds.tiles.upperBound)
      }
      #expect(next == tileCount)
    }
  }

  /// None without windows, all with as many windows as pixels, and never more than windows.
  @Test func tilesAreEstimated() {
    #expect(WindowTileRounds.tileCount(outer: 0, rowCount: 8, width: 8) == 0)
    #expect(WindowTileRounds.tileCount(outer: 1, rowCount: 256, width: 256) == 1)
    #expect(WindowTileRounds.tileCount(outer: 64, rowCount: 8, width: 8) == 4)
    #expect(WindowTileRounds.tileCount(outer: 54, rowCount: 6, width: 9) == 6)
    // Half the pixels: three quarters of the tiles.
    #expect(WindowTileRounds.tileCount(outer: 512, rowCount: 32, width: 32) == 48)
  }
}

extension ModelRun {
  /// Steps whose A and B were made in tiles, as their products say.
  fileprivate func tiledAffineCount(_ map: LabelMap, _ kernels: KernelSet) throws -> Int {
    try withRuntime(kernels: kernels, threadCount: 2) { runtime, picture in
      try runtime.begin(map, style: [], picture: picture)
      var tiledCount = 0
      for index in 0..<model.stepCount {
        let before = runtime.productCount
        runtime.execute(index)
        guard case .affine(let norm) = model.step(StepIndex(index)).operation else { continue }
        let windows = model.windowAffine(norm)
        let product = ProductShape(model.product(windows.product))
        let counts = runtime.windowCounts(windows.level)
        let tapProductCount = product.rowProductCount / product.tapCount
        // A tile of four windows has as many products as their rows.
        guard counts.tiles * 4 != counts.outer, counts.tiles * 4 != counts.inner + 1 else { continue }
        let expected = counts.tiles * ModelFormat.winogradPoints * tapProductCount
        if runtime.productCount - before == UInt64(expected) { tiledCount += 1 }
      }
      return tiledCount
    }.result
  }

  fileprivate func expectTilesWithEachWindow(_ map: LabelMap) throws {
    _ = try withRuntime { runtime, picture in
      try runtime.begin(map, style: [], picture: picture)
      for index in 0..<model.stepCount {
        runtime.execute(index)
        guard case .windows(let levelIndex) = model.step(StepIndex(index)).operation else { continue }
        let level = runtime.level(levelIndex)
        let tiles = WindowTiles(level, runtime.scratch[0])
        var isFound = [Bool](repeating: false, count: level.outerCount)
        var isGood = true
        for tile in 0..<tiles.count {
          var isEmpty = true
          tiles.forEachWindow(of: tile) { pixel, window in
            let place = level.outerPositions[window]
            isGood = isGood && !isFound[window]
            isGood = isGood && place.row == tiles.origin(tile).row + pixel / 4
            isGood = isGood && place.column == tiles.origin(tile).column + pixel % 4
            isFound[window] = true
            isEmpty = false
          }
          isGood = isGood && !isEmpty
        }
        #expect(isGood && isFound.allSatisfy { $0 }, "step \(index)")
      }
    }
  }
}
