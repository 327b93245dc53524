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
    let cost = StepCost(.convolve(Self.convolution(rowCount: 5)), hasTiles: true)
    #expect(cost.denseProductCount == 5 * 8 * 9 * 20 * 40)
    #expect(cost.productCount == cost.denseProductCount)
    let weights = 3 * (128 + 9 * 32 * 16)
    // Seven rows of codes, five wide rows, and two rows of half the width that are added.
    #expect(cost.byteCount == weights + 7 * 8 * 32 + 5 * 8 * 48 * 2 + 2 * 4 * 48 * 2)
    let whole = StepCost(.convolve(Self.convolution(rowCount: 16)), hasTiles: true)
    #expect(whole.byteCount == weights + 16 * 8 * 32 + 16 * 8 * 48 * 2 + 8 * 4 * 48 * 2)
  }

  /// Nine rows are two rows of tiles and one row that is made directly; ten are three rows of tiles.
  @Test func tilesDoAQuarter() {
    let points = 36 * 20 * 40
    let row = 8 * 9 * 20 * 40
    for (rowCount, expected) in [(9, 4 * points + row), (10, 6 * points), (8, 4 * points)] {
      let step = StepShape.convolve(Self.convolution(rowCount: rowCount, workspaceTileCount: 3))
      #expect(StepCost(step, hasTiles: true).productCount == expected)
      #expect(StepCost(step, hasTiles: false).productCount == rowCount * row)
      #expect(StepCost(step, hasTiles: true).denseProductCount == rowCount * row)
    }
  }

  /// Sixteen ways in which a border cuts 3×3 taps, each with high and low parts; a dense network has the style among its channels.
  @Test func aStyleBesideLabelsIsMadeForEveryBorder() {
    let cost = StepCost(.styleBias(Self.product), hasTiles: true)
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
      StepCost(step, windows: StepWindows(inner: inner, outer: outer, isMade: isMade), hasTiles: true)
    }
    #expect(cost(27, 32).productCount == 28 * product.rowProductCount)
    #expect(cost(28, 32).productCount == 32 * product.rowProductCount)
    #expect(cost(27, 32, false).productCount == 0 && cost(27, 32, false).byteCount == 0)
    #expect(cost(27, 32, false).denseProductCount == 64 * product.rowProductCount)
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
          windows = StepWindows(inner: counts.inner, outer: counts.outer, isMade: done > 0)
        }
        let cost = StepCost(StepShape(step, model), windows: windows, hasTiles: kernels.hasTiles)
        #expect(cost.productCount == done, "step \(index), set \(kernels.index)")
      }
    }
  }
}
