import SpadeCost
import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTestSupport
import Testing

/// What a step costs, against sums by hand and against the runtime's own count.
@Suite struct StepCostTests {
  /// 3×3 taps of 20 of 32 channels into 40 of 48 columns.
  private static let product = ProductShape(
    kernelSize: 3, depth: 32, usedDepth: 20, panelCount: 3, usedColumns: 40)

  private static func convolution(rowCount: Int, workspaceTileCount: Int? = nil) -> ConvolutionShape {
    ConvolutionShape(
      rowCount: rowCount, height: 16, width: 8, product: product, outputChannels: 48, residualShift: 1,
      workspaceTileCount: workspaceTileCount)
  }

  @Test func aConvolutionReadsTheRowsAroundItsOwn() {
    let cost = StepCost(.convolve(Self.convolution(rowCount: 5)), rowsPerTile: 5)
    #expect(cost.denseProductCount == 5 * 8 * 9 * 20 * 40)
    #expect(cost.productCount == cost.denseProductCount)
    let weights = 3 * (128 + 9 * 32 * 16)
    // Seven rows of codes, five wide rows, and two rows of half the width that are added.
    #expect(cost.byteCount == weights + 7 * 8 * 32 + 5 * 8 * 48 * 2 + 2 * 4 * 48 * 2)
    let whole = StepCost(.convolve(Self.convolution(rowCount: 16)), rowsPerTile: 5)
    #expect(whole.byteCount == weights + 16 * 8 * 32 + 16 * 8 * 48 * 2 + 8 * 4 * 48 * 2)
  }

  /// Nine rows are two rows of tiles and one row that is made directly; ten are three rows of tiles.
  @Test func tilesDoAQuarter() {
    let points = 36 * 20 * 40
    let row = 8 * 9 * 20 * 40
    for (rowCount, expected) in [(9, 4 * points + row), (10, 6 * points), (8, 4 * points)] {
      let step = StepShape.convolve(Self.convolution(rowCount: rowCount, workspaceTileCount: 3))
      #expect(StepCost(step, rowsPerTile: 5).productCount == expected)
      #expect(StepCost(step, rowsPerTile: nil).productCount == rowCount * row)
      #expect(StepCost(step, rowsPerTile: 5).denseProductCount == rowCount * row)
      #expect(StepCost(step, rowsPerTile: 5).distinctProductCount == rowCount * row)
    }
  }

  /// Two rows of codes meet the weights where no tiles are made: twice the products for as many multiply-adds of the network.
  @Test func fineCodesAreOneMultiplyAddAndTwoProducts() {
    var shape = Self.convolution(rowCount: 8)
    shape.isFine = true
    let cost = StepCost(.convolve(shape), rowsPerTile: 5)
    #expect(cost.productCount == 2 * cost.denseProductCount)
    #expect(cost.distinctProductCount == cost.denseProductCount)
  }

  /// Sixteen ways in which a border cuts 3×3 taps, each with high and low parts; a dense network has the style among its channels.
  @Test func aStyleBesideLabelsIsMadeForEveryBorder() {
    let cost = StepCost(.styleBias(Self.product), rowsPerTile: 5)
    #expect(cost.productCount == 16 * 9 * 20 * 40 && cost.denseProductCount == 0)
    #expect(cost.byteCount == 3 * (128 + 9 * 32 * 16) + 3 * 32 + 16 * 48 * 2)
  }

  /// 29 of 32 parts: with 28 inner windows and the one outside, 32 outer windows are as cheap directly.
  @Test func tapsPayWhereInnerWindowsAreFewer() {
    let product = Self.product
    #expect(!product.isMadeByTaps(inner: 28, outer: 32, tapRowCapacity: 100))
    #expect(product.isMadeByTaps(inner: 27, outer: 32, tapRowCapacity: 28))
    #expect(!product.isMadeByTaps(inner: 27, outer: 32, tapRowCapacity: 27))
    let step = StepShape.affine(AffineShape(pixelCount: 64, product: product, tapRowCapacity: 28))
    func cost(_ inner: Int, _ outer: Int, _ isMade: Bool = true) -> StepCost {
      StepCost(step, windows: StepWindows(inner: inner, outer: outer, isMade: isMade), rowsPerTile: 5)
    }
    #expect(cost(27, 32).productCount == 28 * product.rowProductCount)
    #expect(cost(27, 32).distinctProductCount == 32 * product.rowProductCount)
    #expect(cost(28, 32).productCount == 32 * product.rowProductCount)
    #expect(cost(27, 32, false).productCount == 0 && cost(27, 32, false).byteCount == 0)
    #expect(cost(27, 32, false).denseProductCount == 64 * product.rowProductCount)
  }

  /// Each window of features costs its depthwise multiply-adds in both steps, and in `affine` two rows of the product.
  @Test func featuresAreCounted() {
    let features = FeatureShape(kernelSize: 3, hiddenChannels: 16, usedChannels: 10)
    let product = ProductShape(kernelSize: 1, depth: 32, usedDepth: 10, panelCount: 2, usedColumns: 24)
    let table = TableShape(kernelSize: 3, channels: 16)
    let windows = StepWindows(inner: 20, outer: 30, isMade: true, numberedRowCount: 8)
    let affine = StepCost(
      .affine(AffineShape(pixelCount: 64, product: product, tapRowCapacity: 99, features: features)),
      windows: windows, rowsPerTile: 5)
    #expect(affine.productCount == 30 * (2 * 10 * 9 + 2 * 10 * 24))
    #expect(affine.denseProductCount == 64 * (2 * 10 * 9 + 10 * 24))
    #expect(affine.distinctProductCount == 30 * (2 * 10 * 9 + 10 * 24))
    let weights = 9 * 32 * 2 + 32 * 4
    #expect(affine.byteCount == 2 * (128 + 32 * 16) + 21 * 16 + 30 * 32 * 2 + weights)
    let step = StepShape.statistics(StatisticsShape(width: 8, table: table, features: features))
    let statistics = StepCost(step, windows: windows, rowsPerTile: 5)
    #expect(statistics.productCount == 30 * 2 * 10 * 9 && statistics.denseProductCount == 0)
    #expect(statistics.distinctProductCount == 0)
    #expect(statistics.byteCount == 8 * 8 * 6 + 50 * 16 + weights)
    #expect(StepCost(step, windows: StepWindows(inner: 20, outer: 30), rowsPerTile: 5).productCount == 0)

    let machine = Machine.reference(threadCount: 1)
    let work = Work(step, windows: windows, on: machine)
    #expect(work.numberedPixels == 64 && work.foundWindows == 50)
    #expect(work.tableAdditions == 20 * 9 * 16 && work.windowOffsets == Double(20 * 9 + 30 * 9))
    // Twice the windows take nearly twice as long, and none no time.
    func seconds(_ count: Int) -> Double {
      machine.seconds(step, windows: StepWindows(outer: count, isMade: count > 0))
    }
    #expect(seconds(0) == 0 && (1.8...2).contains(seconds(128_000) / seconds(64_000)))
  }

  /// Every step of whole frames, with tiles, tap tables and windows that are numbered anew.
  @Test(arguments: TinyNetwork.allCases) func theRuntimeCountsTheSame(_ network: TinyNetwork) throws {
    let run = try ModelRun(network.file().bytes)
    defer { withExtendedLifetime(run) {} }
    let style = network.styleVector(seed: 3)
    for map in [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()] {
      for kernels in supportedKernels {
        try run.expectCounts(map, style, kernels)
      }
    }
  }
}

extension ModelRun {
  fileprivate func expectCounts(_ map: LabelMap, _ style: [Float], _ kernels: KernelSet) throws {
    _ = try withRuntime(kernels: kernels, threadCount: 2) { runtime, picture in
      try runtime.begin(map, style: style, picture: picture)
      for index in 0..<model.stepCount {
        let before = runtime.productCount
        runtime.execute(index)
        let done = Int(runtime.productCount - before)
        let step = model.step(StepIndex(index))
        var windows = StepWindows()
        if case .affine(let norm) = step.operation {
          let counts = runtime.windowCounts(model.windowAffine(norm).level)
          windows = StepWindows(
            inner: counts.inner, outer: counts.outer, tiles: counts.tiles, isMade: done > 0)
        }
        if case .statistics(let norm) = step.operation {
          let counts = runtime.statisticsCounts(norm)
          #expect(counts.rows <= step.rows.count && counts.outer > 0)
          windows = StepWindows(
            inner: counts.inner, outer: counts.outer, isMade: done > 0, numberedRowCount: counts.rows)
        }
        let shape = StepShape(step, model)
        if case .convolve(let convolution) = shape, convolution.isShortcut {
          // At least one pixel of a square of four is multiplied, and each of them whole.
          let all = StepCost(shape, windows: windows, rowsPerTile: kernels.rowsPerTile).productCount
          #expect(done <= all && 4 * done >= all && done % convolution.product.rowProductCount == 0)
          windows.shortcutRowCount = done / convolution.product.rowProductCount
        }
        let cost = StepCost(shape, windows: windows, rowsPerTile: kernels.rowsPerTile)
        #expect(cost.productCount == done, "step \(index), set \(kernels.index)")
      }
    }
  }
}
