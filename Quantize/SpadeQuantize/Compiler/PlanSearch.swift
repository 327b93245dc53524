import SpadeModel

extension Planner {
  /// The arena when nobody names a budget: 12 MiB with two threads for the official width at 256×256, in proportion to
  /// the channels and pixels of others, and 2 MiB at least.
  static func defaultBudget(_ configuration: GeneratorConfiguration) -> MemoryBudget {
    MemoryBudget(
      byteCount: max(
        2 << 20,
        12 * 1024 * configuration.channelUnit / 64 * (configuration.width * configuration.height / 64)),
      threadCount: 2)
  }

  /// The plan with the least work among those that fit `budget`, or else the smallest of all.
  ///
  /// Bands need little memory for activations but keep A and B of all their norms at once; whole blocks keep whole
  /// tensors. Fewer windows kept mean that some are computed again, fewer tiles that weights are transformed more often.
  /// The search tries combinations of these.
  func best(budget: MemoryBudget) -> Plan {
    func byteCount(_ plan: Plan) -> Int { plan.arenaByteCount(threadCount: budget.threadCount) }
    var best: (plan: Plan, work: Double)?
    var smallest: Plan?
    for schedule in schedules where budget.hasTiles || schedule.bandTileCount == 0 {
      var scheduler = Scheduler(network, options: schedule)
      scheduler.run()
      let tilings =
        budget.hasTiles ? tilings(scheduler.steps, schedule) : [directTiling(scheduler.steps, schedule)]
      for var options in windowChoices(schedule) {
        let plain = plan(options, scheduler)
        if byteCount(plain) < smallest.map(byteCount) ?? .max { smallest = plain }
        guard byteCount(plain) <= budget.byteCount else { continue }
        let windows = work(plain)
        // Tilings come in the order of their work: the first that fits is the best.
        for tiling in tilings where windows + tiling.work < best?.work ?? .infinity {
          options.wholeTileCount = tiling.whole
          options.bandTileCount = tiling.band
          let plan = plan(options, scheduler)
          guard byteCount(plan) <= budget.byteCount else { continue }
          best = (plan, windows + tiling.work)
          break
        }
      }
    }
    // Safe: the loops above ran, so there is a smallest plan.
    return best?.plan ?? smallest.unsafelyUnwrapped
  }

  /// Tiles a round.
  private static let tileCounts = [256, 64, 32, 16, 8]

  /// What decides the rows of the steps: bands, chunks, and whether bands make whole tiles.
  private var schedules: [PlanOptions] {
    (0...network.configuration.blocks.count).flatMap { block in
      [16, 8, 4].flatMap { rows in
        [1024, 256].flatMap { pixels in
          [Self.tileCounts[0], 0].map { tiles in
            PlanOptions(
              firstBandedBlock: block, bandRowCount: rows, chunkPixelCount: pixels, wholeWindowShare: 1,
              bandWindowShare: 1, tapShare: 1, bandTileCount: tiles)
          }
        }
      }
    }
  }

  /// How many windows to keep under a schedule, without tiles.
  private func windowChoices(_ schedule: PlanOptions) -> [PlanOptions] {
    [1.25, 0.6, 0.3, 0].flatMap { taps in
      [1.25, 0.6, 0.3, 0].flatMap { whole in
        [1.25, 1.1, 1, 0.8, 0.6, 0.4, 0.2, 0].map { band in
          var options = schedule
          options.tapShare = taps
          options.wholeWindowShare = whole
          options.bandWindowShare = band
          options.bandTileCount = 0
          return options
        }
      }
    }
  }

  private typealias Tiling = (whole: Int, band: Int, work: Double)

  /// Tiles a round outside and inside bands, and the work of the convolutions; least work first.
  private func tilings(_ steps: [StepRecord], _ schedule: PlanOptions) -> [Tiling] {
    (Self.tileCounts + [0]).flatMap { whole in
      (schedule.bandTileCount > 0 ? Self.tileCounts : [0]).map { band in
        var options = schedule
        options.wholeTileCount = whole
        options.bandTileCount = band
        return (whole, band, steps.reduce(0) { $0 + convolutionWork($1, options) })
      }
    }.sorted { $0.work < $1.work }
  }

  /// No tiles at all.
  private func directTiling(_ steps: [StepRecord], _ schedule: PlanOptions) -> Tiling {
    (0, 0, steps.reduce(0) { $0 + convolutionWork($1, schedule) })
  }

  private func convolutionWork(_ step: StepRecord, _ options: PlanOptions) -> Double {
    guard step.kind == StepKind.convolve.rawValue else { return 0 }
    if let tiles = TiledConvolution(step, network, options) { return tiles.work }
    let product = network.products[Int(step.operand)]
    let pixels = Int(step.rowEnd - step.rowStart) * network.tensors[Int(step.output)].width
    return Double(
      pixels * Int(product.kernelSize * product.kernelSize * product.depth) * Int(product.panelCount)
        * ModelFormat.panelColumns)
  }

  /// An estimate of a plan's work besides convolutions, in multiply-adds, to compare plans: γ and β on the calibration
  /// maps, and a little for each band.
  private func work(_ plan: Plan) -> Double {
    let taps = Double(network.configuration.kernelSize * network.configuration.kernelSize)
    var sum = 0.0
    for norm in plan.norms where norm.level != ModelFormat.none {
      let census = censuses[Int(norm.level)]
      let level = plan.levels[Int(norm.level)]
      let byTaps = census.inner + 1 <= plan.tapRowCapacity
      let windows = Double(byTaps ? census.inner : census.outer)
      // Windows that no longer fit are forgotten and met again: about a third of them each time.
      let forgotten = max(0, Double(census.outer) / Double(level.outerCapacity) - 1) / 3
      sum += windows * taps * Double(norm.channels) * 2 * (1 + forgotten)
    }
    let hidden = Double(network.configuration.hiddenChannelCount)
    return sum * hidden * (1 + 0.0001 * Double(plan.steps.count))
  }
}

extension Plan {
  /// Arena bytes: the buffers, the threads' scratch and the thread pool, rounded up.
  fileprivate func arenaByteCount(threadCount: Int) -> Int {
    byteCount + threadCount * (threadByteCount + 30 * 1024) + 10 * 1024
  }
}
