import SpadeCost
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// How steps divide into tiles, which predictions count too.
@Suite struct TileTests {
  /// What each kernel set multiplies follows from the step alone.
  @Test(arguments: TinyNetwork.allCases) func convolutionsMultiplyWhatTheirTilesSay(_ network: TinyNetwork)
    throws
  {
    let planned = try PlannedModel(network)
    let style = network.styleVector(seed: 3)
    var tiledStepCount = 0
    for variant in PlanTests.variants {
      let run = try ModelRun(planned.file(variant))
      defer { withExtendedLifetime(run) {} }
      let model = run.model
      for kernels in supportedKernels {
        let counts = try run.convolutionCounts(network.maps(1, seed: 9)[0], style, kernels)
        for (index, count) in counts {
          let step = model.step(StepIndex(index))
          let convolution = try #require(step.operation.convolution)
          let hasTiles = convolution.workspace != nil && kernels.table.pointee.winograd != nil
          let rounds = hasTiles ? TileRounds(shape(of: step, convolution, model)) : nil
          tiledStepCount += hasTiles ? 1 : 0
          let expected = expectedCount(step, convolution, model, rounds)
          let name = "\(variant.testDescription), set \(kernels.index), step \(index)"
          if model.product(convolution.product).kernelSize == 1, convolution.residual == nil {
            // Of the pixels of a square one is multiplied at least.
            #expect(count <= expected && 4 * count >= expected, "\(name)")
          } else {
            #expect(count == expected, "\(name)")
          }
        }
      }
    }
    #expect(tiledStepCount > 0 || supportedKernels.allSatisfy { $0.table.pointee.winograd == nil })
  }

  /// Rounds and blocks hold every tile once, however many threads share them.
  @Test func roundsHoldEveryTileOnce() throws {
    let planned = try PlannedModel(.plain)
    for variant in PlanTests.variants {
      let run = try ModelRun(planned.file(variant))
      defer { withExtendedLifetime(run) {} }
      let model = run.model
      for step in (0..<model.stepCount).map({ model.step(StepIndex($0)) }) {
        guard let convolution = step.operation.convolution, convolution.workspace != nil else { continue }
        let shape = shape(of: step, convolution, model)
        for threadCount in [1, 2, 8, 64] {
          var rounds = TileRounds(shape)
          var tileCount = 0
          while rounds.next(threadCount: threadCount) {
            #expect(rounds.firstTile == tileCount)
            #expect(rounds.blockTileCount <= ScratchLayout.tileBlockCount)
            let before = (rounds.blockCount - 1) * rounds.blockTileCount
            #expect(before < rounds.roundTileCount)
            #expect(rounds.roundTileCount <= before + rounds.blockTileCount)
            tileCount += rounds.roundTileCount
          }
          #expect(tileCount == rounds.tileCount)
        }
      }
    }
  }

  private func shape(
    of step: Step, _ convolution: StepOperation.Convolution, _ model: Model
  ) -> ConvolutionShape {
    ConvolutionShape(convolution, rowCount: step.rows.count, model)
  }

  private func expectedCount(
    _ step: Step, _ convolution: StepOperation.Convolution, _ model: Model, _ rounds: TileRounds?
  ) -> UInt64 {
    let product = model.product(convolution.product)
    let taps = Int(product.kernelSize * product.kernelSize)
    let directRowCount = step.rows.count - (rounds?.rowCount ?? 0)
    let input = model.buffer(convolution.input)
    // Each fine code is multiplied as two.
    let direct = directRowCount * Int(input.width) * taps * Int(input.channels / product.depth)
    let inTiles = (rounds?.tileCount ?? 0) * ModelFormat.winogradPoints
    return UInt64((direct + inTiles) * Int(product.usedDepth) * Int(product.usedColumns))
  }
}

extension ModelRun {
  /// Multiply-adds of the convolution steps of a frame, by the steps' numbers.
  fileprivate func convolutionCounts(
    _ map: LabelMap, _ style: [Float], _ kernels: KernelSet
  ) throws -> [Int: UInt64] {
    try withRuntime(kernels: kernels, threadCount: 3) { runtime, picture in
      try runtime.begin(map, style: style, picture: picture)
      var counts: [Int: UInt64] = [:]
      for index in 0..<model.stepCount {
        let before = runtime.productCount
        runtime.execute(index)
        guard case .convolve = model.step(StepIndex(index)).operation else { continue }
        counts[index] = runtime.productCount - before
      }
      return counts
    }.result
  }
}
