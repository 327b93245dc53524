import SpadeCost
import SpadeModel

/// A schedule with everything that can still be chosen: windows kept, tap tables, and tiles. Each choice has its bytes and its
/// time.
struct ScheduleChoices {
  let options: ScheduleOptions
  let schedule: Schedule
  /// Of all that cannot be chosen.
  let seconds: Double
  let live: LiveBytes
  let levels: [LevelChoices]
  /// What the steps in bands take, for each choice of their workspace; the first has none.
  let bands: [BandChoice]
  let bandPlaces: Range<Int>
  let wholes: [WholeConvolution]

  /// The windows that one level keeps: fewest first.
  struct LevelChoices {
    var capacities: [WindowCapacity]
    /// For each capacity and each choice of a tap table.
    var seconds: [[Double]]
    /// The level's own buffer, and those of its norms.
    var buffers: [(places: Range<Int>, byteCounts: [Int])]
  }

  /// A workspace for all convolutions in bands.
  struct BandChoice {
    var byteCount = 0
    var seconds = 0.0
    /// Tiles of a round where tiles are faster.
    var tileCounts: [Stage.Index: Int] = [:]
  }

  /// A convolution of a whole tensor: its workspace lives for one step.
  struct WholeConvolution {
    var stage: Stage.Index
    var place: Int
    /// From the direct product on, each faster than those before.
    var choices: [(tileCount: Int, byteCount: Int, seconds: Double)]
  }
}

/// Makes the choices of schedules.
struct ChoiceMaker {
  let planner: Planner
  let machine: Machine
  let times: LevelTimes
  /// For each level: capacities worth trying, fewest windows first.
  private let capacities: Indexed<Level, [WindowCapacity]>
  /// Schedules often ask the same of a level.
  private var known: [RequestKey: [Double]] = [:]

  private struct RequestKey: Hashable {
    var level: Level.Index
    var requests: [WindowRequest]
    var capacity: WindowCapacity
  }

  private static let tileCounts = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512]
  private static let bandTileCounts = [8, 16, 32, 64, 128, 256]
  private static let windowShares = [0, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8, 1]
  private static let tapShares = [0, 0.15, 0.3, 0.5, 0.75, 1]

  init(_ network: QuantizedNetwork, _ scenes: [PlanScene], _ machine: Machine) {
    planner = Planner(network: network)
    self.machine = machine
    func most(_ level: Level.Index, _ count: (WindowCounts) -> Int) -> Int {
      scenes.map { count($0.counts[level]) }.max() ?? 0
    }
    capacities = Indexed(
      network.levels.indices.map { level in
        Self.windowShares.map { share in
          WindowCapacity(
            inner: Int((share * Double(most(level, \.innerTotal))).rounded(.up)),
            outer: Int((share * Double(most(level, \.outerTotal))).rounded(.up)))
        }
      })
    let inner = network.levels.indices.map { most($0, \.innerTotal) }.max() ?? 0
    let rows = Self.tapShares.map { min(Int($0 * Double(inner + 1)), ModelFormat.windowLimit) }
    times = LevelTimes(
      network: network, machine: machine, scenes: scenes,
      tapRowCapacities: network.configuration.kernelSize == 1 ? [0] : Array(Set(rows)).sorted())
  }

  var network: QuantizedNetwork { planner.network }

  /// - Parameter hasTiles: Whether convolutions may have workspaces.
  mutating func choices(_ options: ScheduleOptions, hasTiles: Bool) -> ScheduleChoices {
    let schedule = Scheduler.schedule(network, options)
    let least = planner.plan(leastOptions(options), schedule)
    let tiled = schedule.steps.indices.compactMap { index in
      TiledConvolution(schedule.steps[index], network).map { (step: index, tiles: $0) }
    }
    var live = LiveBytes(at: least.buffers.map(\.life.lowerBound) + tiled.map(\.step))
    for buffer in least.buffers where !Self.isChosen(buffer) {
      live.add(buffer.byteCount, live.places(buffer.life))
    }
    let levels = network.levels.indices.map { level($0, schedule, least, live) }
    let bandSteps = tiled.filter { !$0.tiles.isWhole }
    let bandPlaces =
      bandSteps.isEmpty ? 0..<0 : live.places(bandSteps[0].step...bandSteps[bandSteps.count - 1].step)
    let workspaces = hasTiles && options.makesWholeTiles ? Self.bandTileCounts : []
    return ScheduleChoices(
      options: options, schedule: schedule, seconds: fixedSeconds(schedule, tiled.map(\.step)), live: live,
      levels: levels, bands: bands(bandSteps, schedule, workspaces), bandPlaces: bandPlaces,
      wholes: tiled.filter(\.tiles.isWhole).map { whole($0.step, $0.tiles, schedule, live, hasTiles) })
  }

  /// The smallest plan of a schedule.
  func leastOptions(_ options: ScheduleOptions) -> PlanOptions {
    PlanOptions(
      schedule: options, windows: network.levels.mapValues { _ in WindowCapacity(inner: 0, outer: 0) },
      tapRowCapacity: 0, tileCounts: network.stages.mapValues { _ in 0 })
  }

  private static func isChosen(_ buffer: PlannedBuffer) -> Bool {
    switch buffer.contents {
    case .windows, .hidden, .affine, .workspace: true
    case .tensor, .symbols, .state, .style, .styleBias: false
    }
  }

  private func fixedSeconds(_ schedule: Schedule, _ chosen: [Int]) -> Double {
    let chosen = Set(chosen)
    return schedule.steps.indices.reduce(0) { sum, index in
      let step = schedule.steps[index]
      if case .styleBias(let table) = step.action, let shape = network.styleShape(table) {
        return sum + machine.seconds(shape)
      }
      guard step.action == .stage, !chosen.contains(index) else { return sum }
      // Of the bytes of A and B only those of the windows in the rows are read: few of the pixels.
      let windows = StepWindows(outer: step.rows.count * network.stages[step.stage].width / 8)
      return sum + machine.seconds(network.shape(step.stage, rows: step.rows), windows: windows)
    }
  }

  private mutating func level(
    _ index: Level.Index, _ schedule: Schedule, _ least: Plan, _ live: LiveBytes
  ) -> ScheduleChoices.LevelChoices {
    let level = network.levels[index]
    let radius = network.configuration.kernelSize / 2
    var capacities: [WindowCapacity] = []
    for wanted in self.capacities[index] {
      let capacity = wanted.holding(rowCount: schedule.requestedRows[index], of: level, radius: radius)
      if capacity != capacities.last { capacities.append(capacity) }
    }
    let requests = schedule.requests(of: index, network)
    let seconds = capacities.map { capacity -> [Double] in
      let key = RequestKey(level: index, requests: requests, capacity: capacity)
      if let seconds = known[key] { return seconds }
      let seconds = times.seconds(index, requests, capacity)
      known[key] = seconds
      return seconds
    }
    let buffers = least.buffers.compactMap { buffer -> (places: Range<Int>, byteCounts: [Int])? in
      let byteCounts = capacities.compactMap { planner.byteCount(buffer.contents, of: index, $0) }
      return byteCounts.isEmpty ? nil : (live.places(buffer.life), byteCounts)
    }
    return ScheduleChoices.LevelChoices(capacities: capacities, seconds: seconds, buffers: buffers)
  }

  private func seconds(_ step: ScheduledStep, workspaceTileCount: Int?) -> Double {
    machine.seconds(network.shape(step.stage, rows: step.rows, workspaceTileCount: workspaceTileCount))
  }

  private func bands(
    _ steps: [(step: Int, tiles: TiledConvolution)], _ schedule: Schedule, _ tileCounts: [Int]
  ) -> [ScheduleChoices.BandChoice] {
    let direct = steps.map { seconds(schedule.steps[$0.step], workspaceTileCount: nil) }
    var choices = [ScheduleChoices.BandChoice(seconds: direct.reduce(0, +))]
    for count in tileCounts {
      let byteCount = steps.map { $0.tiles.workspaceByteCount(count) }.max() ?? 0
      var inTiles: [Stage.Index: Double] = [:]
      var directly: [Stage.Index: Double] = [:]
      var counts: [Stage.Index: Int] = [:]
      for (index, step) in steps.enumerated() {
        let scheduled = schedule.steps[step.step]
        let fitting = ModelFormat.winogradTileCount(workspaceByteCount: byteCount, depth: step.tiles.depth)
        inTiles[scheduled.stage, default: 0] += seconds(scheduled, workspaceTileCount: fitting)
        directly[scheduled.stage, default: 0] += direct[index]
        counts[scheduled.stage] = max(counts[scheduled.stage] ?? 0, min(fitting, step.tiles.tileCount))
      }
      let gaining = counts.filter { inTiles[$0.key, default: 0] < directly[$0.key, default: 0] }
      guard !gaining.isEmpty else { continue }
      let seconds = counts.keys.sorted().reduce(0) {
        $0 + (gaining[$1] == nil ? directly[$1, default: 0] : inTiles[$1, default: 0])
      }
      choices.append(
        ScheduleChoices.BandChoice(byteCount: byteCount, seconds: seconds, tileCounts: gaining))
    }
    return choices
  }

  private func whole(
    _ index: Int, _ tiles: TiledConvolution, _ schedule: Schedule, _ live: LiveBytes, _ hasTiles: Bool
  ) -> ScheduleChoices.WholeConvolution {
    let step = schedule.steps[index]
    var choices = [(tileCount: 0, byteCount: 0, seconds: seconds(step, workspaceTileCount: nil))]
    for count in hasTiles ? Self.tileCounts : [] {
      let count = min(count, tiles.tileCount)
      let seconds = seconds(step, workspaceTileCount: count)
      guard seconds < choices[choices.count - 1].seconds else { continue }
      let byteCount = ModelFormat.padded(tiles.workspaceByteCount(count), to: ModelFormat.alignment)
      choices.append((count, byteCount, seconds))
    }
    return ScheduleChoices.WholeConvolution(
      stage: step.stage, place: live.places(index...index).lowerBound, choices: choices)
  }
}
