import SpadeModel

extension Planner {
  /// Arena bytes asked for when nobody names a budget: 12 MiB for the official width at 256×256, in proportion to the
  /// channels and pixels of others, and 1 MiB at least.
  static func defaultBudget(_ configuration: GeneratorConfiguration) -> MemoryBudget {
    MemoryBudget(
      byteCount: max(
        1 << 20,
        12 * 1024 * configuration.channelUnit / 64 * (configuration.width * configuration.height / 64)))
  }

  /// The plan with the least work among those that fit `budget`, or else the smallest of all.
  ///
  /// Bands need little memory for activations but keep A and B of all their norms at once; whole blocks keep whole
  /// tensors. Fewer windows kept mean that some are computed again. The search tries combinations of these.
  func best(budget: MemoryBudget) -> Plan {
    var best: (plan: Plan, work: Double)?
    var smallest: (plan: Plan, size: Int)?
    let blockCount = network.configuration.blocks.count
    for firstBandedBlock in 0...blockCount {
      for bandRowCount in [16, 8, 4] {
        for chunkPixelCount in [1024, 256] {
          var options = PlanOptions(
            firstBandedBlock: firstBandedBlock, bandRowCount: bandRowCount, chunkPixelCount: chunkPixelCount,
            wholeWindowShare: 1, bandWindowShare: 1, tapShare: 1)
          var scheduler = Scheduler(network, options: options)
          scheduler.run()
          for tapShare in [1.25, 0.6, 0.3, 0] {
            for wholeWindowShare in [1.25, 0.6, 0.3, 0] {
              for bandWindowShare in [1.25, 1.1, 1, 0.8, 0.6, 0.4, 0.2, 0] {
                options.tapShare = tapShare
                options.wholeWindowShare = wholeWindowShare
                options.bandWindowShare = bandWindowShare
                let plan = plan(options, scheduler)
                let size = Self.arenaByteCount(plan, threadCount: budget.threadCount)
                if size < smallest?.size ?? .max { smallest = (plan, size) }
                guard size <= budget.byteCount else { continue }
                let work = work(plan)
                if work < best?.work ?? .infinity { best = (plan, work) }
              }
            }
          }
        }
      }
    }
    // Safe: the loops above ran, so there is a smallest plan.
    return best?.plan ?? smallest.unsafelyUnwrapped.plan
  }

  /// Arena bytes of one thread besides its tap table, and of the thread pool, rounded up.
  private static let scratchByteCount = 30 * 1024
  private static let poolByteCount = 10 * 1024

  private static func arenaByteCount(_ plan: Plan, threadCount: Int) -> Int {
    plan.byteCount + threadCount * (plan.tapTableByteCount + scratchByteCount) + poolByteCount
  }

  /// An estimate of a plan's work in multiply-adds, to compare plans: γ and β on the calibration maps, and a little for
  /// each band.
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
