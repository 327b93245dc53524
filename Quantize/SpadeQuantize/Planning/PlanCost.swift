import SpadeModel

/// What the planner believes of a plan's time and memory. Work is in multiply-adds of the direct product.
struct PlanCost {
  let network: QuantizedNetwork
  /// One for each level: the windows of the calibration maps.
  let censuses: Indexed<Level, WindowCensus>

  /// The work of a step that convolves, in tiles where `options` has them; 0 for other steps.
  func convolutionWork(_ step: ScheduledStep, _ options: PlanOptions) -> Double {
    let stage = network.stages[step.stage]
    guard step.action == .stage, case .convolve(let convolution) = stage.operation else { return 0 }
    if let tiles = TiledConvolution(step, network, options) { return tileWork(tiles) }
    return directWork(network.products[convolution.product], pixelCount: step.rows.count * stage.width)
  }

  /// A quarter of the products plus the transforms of codes and sums; those of the weights once a round; and a little
  /// for each round.
  private func tileWork(_ tiles: TiledConvolution) -> Double {
    let pixelCount = tiles.tileCount * TiledConvolution.side * TiledConvolution.side
    let share = 0.29 + 1.4 / Double(min(tiles.roundTileCount, ScratchLayout.tileBlockCount))
    let rounds = (tiles.tileCount + tiles.roundTileCount - 1) / tiles.roundTileCount
    return directWork(tiles.product, pixelCount: pixelCount) * share + Double(rounds) * 600_000
  }

  private func directWork(_ product: StoredProduct, pixelCount: Int) -> Double {
    Double(pixelCount * product.kernelSize * product.kernelSize * product.depth * product.columnCount)
  }

  /// A plan's work besides convolutions: γ and β on the calibration maps, and a little for each step.
  func windowWork(_ plan: Plan) -> Double {
    let taps = Double(network.configuration.kernelSize * network.configuration.kernelSize)
    var sum = 0.0
    for norm in network.norms {
      guard let level = norm.level else { continue }
      let census = censuses[level]
      let byTaps = census.inner + 1 <= plan.tapRowCapacity
      let windows = Double(byTaps ? census.inner : census.outer)
      // Windows that no longer fit are forgotten and met again: about a third of them each time.
      let forgotten = max(0, Double(census.outer) / Double(plan.levels[level].outerCapacity) - 1) / 3
      sum += windows * taps * Double(norm.channels) * 2 * (1 + forgotten)
    }
    let hidden = Double(network.configuration.hiddenChannelCount)
    return sum * hidden * (1 + 0.0001 * Double(plan.steps.count))
  }

  /// Arena bytes: the buffers, the threads' scratch and the thread pool, rounded up.
  func arenaByteCount(_ plan: Plan, threadCount: Int) -> Int {
    let taps = network.configuration.kernelSize * network.configuration.kernelSize
    let scratch = ScratchLayout(
      tapCount: taps, tapRowCapacity: plan.tapRowCapacity, usesTiles: plan.usesWinograd)
    let thread = scratch.byteCount - ScratchLayout.tapTable
    return plan.byteCount + threadCount * (thread + 30 * 1024) + 10 * 1024
  }
}
