/// Finds the best plan for a budget.
///
/// Bands need little memory for activations but keep A and B of all their norms at once; whole blocks keep whole
/// tensors. Fewer windows kept mean that some are computed again, fewer tiles that weights are transformed more often.
/// The search tries combinations of these.
struct PlanSearch {
  private let planner: Planner
  private let cost: PlanCost

  /// - Parameter censuses: One for each level: the windows of the calibration maps.
  init(_ network: QuantizedNetwork, censuses: Indexed<Level, WindowCensus>) {
    planner = Planner(network: network, censuses: censuses)
    cost = PlanCost(network: network, censuses: censuses)
  }

  /// The plan with the least work among those that fit `budget`, or else the smallest of all.
  func best(budget: MemoryBudget) -> Plan {
    func byteCount(_ plan: Plan) -> Int { cost.arenaByteCount(plan, threadCount: budget.threadCount) }
    var best: (plan: Plan, work: Double)?
    var smallest: (plan: Plan, byteCount: Int)?
    for options in scheduleOptions where budget.hasTiles || !options.makesWholeTiles {
      let schedule = Scheduler.schedule(planner.network, options)
      let tilings = tilings(schedule, options, hasTiles: budget.hasTiles)
      for var options in windowChoices(options) {
        let plain = planner.plan(options, schedule)
        let plainByteCount = byteCount(plain)
        if plainByteCount < smallest?.byteCount ?? .max { smallest = (plain, plainByteCount) }
        guard plainByteCount <= budget.byteCount else { continue }
        let windows = cost.windowWork(plain)
        // Tilings come in the order of their work: the first that fits is the best.
        for tiling in tilings where windows + tiling.work < best?.work ?? .infinity {
          options.wholeTileCount = tiling.whole
          options.bandTileCount = tiling.band
          let plan = planner.plan(options, schedule)
          guard byteCount(plan) <= budget.byteCount else { continue }
          best = (plan, windows + tiling.work)
          break
        }
      }
    }
    // Safe: the loops above ran, so there is a smallest plan.
    return best?.plan ?? smallest.unsafelyUnwrapped.plan
  }

  /// Tiles a round.
  private static let tileCounts = [256, 64, 32, 16, 8]

  /// Bands, chunks, and whether bands make whole tiles.
  private var scheduleOptions: [ScheduleOptions] {
    (0...planner.network.configuration.blocks.count).flatMap { block in
      [16, 8, 4].flatMap { rows in
        [1024, 256].flatMap { pixels in
          [true, false].map { tiles in
            ScheduleOptions(
              firstBandedBlock: block, bandRowCount: rows, chunkPixelCount: pixels, makesWholeTiles: tiles)
          }
        }
      }
    }
  }

  /// How many windows to keep under a schedule, without tiles.
  private func windowChoices(_ schedule: ScheduleOptions) -> [PlanOptions] {
    [1.25, 0.6, 0.3, 0].flatMap { taps in
      [1.25, 0.6, 0.3, 0].flatMap { whole in
        [1.25, 1.1, 1, 0.8, 0.6, 0.4, 0.2, 0].map { band in
          PlanOptions(schedule: schedule, wholeWindowShare: whole, bandWindowShare: band, tapShare: taps)
        }
      }
    }
  }

  private typealias Tiling = (whole: Int, band: Int, work: Double)

  /// Tiles a round outside and inside bands, and the work of the convolutions; least work first.
  private func tilings(_ schedule: Schedule, _ options: ScheduleOptions, hasTiles: Bool) -> [Tiling] {
    var tilings: [Tiling] = []
    for whole in hasTiles ? Self.tileCounts + [0] : [0] {
      for band in options.makesWholeTiles ? Self.tileCounts : [0] {
        let options = PlanOptions(
          schedule: options, wholeWindowShare: 0, bandWindowShare: 0, tapShare: 0, wholeTileCount: whole,
          bandTileCount: band)
        let work = schedule.steps.reduce(0) { $0 + cost.convolutionWork($1, options) }
        tilings.append((whole, band, work))
      }
    }
    return tilings.sorted { $0.work < $1.work }
  }
}
