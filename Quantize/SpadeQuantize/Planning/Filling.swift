import SpadeModel

/// A schedule whose choices get more memory step by step.
struct Filling {
  let choices: ScheduleChoices
  /// For each level, for the tap tables and for the bands: the choice taken.
  private(set) var levels: [Int]
  private(set) var tap = 0
  private(set) var band = 0
  private var live: LiveBytes
  private var tileCounts: [Int]

  init(_ choices: ScheduleChoices, _ search: PlanSearch) {
    self.choices = choices
    levels = choices.levels.map { _ in 0 }
    tileCounts = choices.wholes.map { _ in 0 }
    live = choices.live
    for level in choices.levels {
      for buffer in level.buffers { live.add(buffer.byteCounts[0], buffer.places) }
    }
  }

  /// Of the plan, without the workspaces of whole convolutions.
  var byteCount: Int { live.most }

  private enum Move {
    case level(Int, Int)
    case tap(Int)
    case band(Int)
  }

  /// Takes what gains time in the budget.
  /// - Returns: The plan's seconds, or `nil` where not even the least fits.
  mutating func fill(_ search: PlanSearch, budget: Int) -> Double? {
    guard search.arenaByteCount(byteCount, self) <= budget else { return nil }
    var seconds = self.seconds(search, budget: budget)
    while true {
      var best: (filling: Filling, seconds: Double, gain: Double)?
      for move in moves(search) {
        var filling = self
        let byteCount = filling.take(move, search)
        guard search.arenaByteCount(filling.byteCount, filling) <= budget else { continue }
        let next = filling.seconds(search, budget: budget)
        let gain = (seconds - next) / Double(max(byteCount, 1))
        if next < seconds, gain > best?.gain ?? 0 { best = (filling, next, gain) }
      }
      guard let best else { break }
      self = best.filling
      seconds = best.seconds
    }
    _ = fillWholes(search, budget: budget)
    return seconds
  }

  private func moves(_ search: PlanSearch) -> [Move] {
    var moves: [Move] = []
    for level in levels.indices {
      for choice in choices.levels[level].capacities.indices where choice > levels[level] {
        moves.append(.level(level, choice))
      }
    }
    for choice in search.tapRowCapacities.indices where choice > tap { moves.append(.tap(choice)) }
    for choice in choices.bands.indices where choice > band { moves.append(.band(choice)) }
    return moves
  }

  /// - Returns: The bytes that it takes.
  private mutating func take(_ move: Move, _ search: PlanSearch) -> Int {
    var byteCount = 0
    switch move {
    case .level(let level, let choice):
      for buffer in choices.levels[level].buffers {
        let more = buffer.byteCounts[choice] - buffer.byteCounts[levels[level]]
        live.add(more, buffer.places)
        byteCount += more
      }
      levels[level] = choice
    case .tap(let choice):
      byteCount += search.planByteCount(budget: 0, self)
      tap = choice
      byteCount -= search.planByteCount(budget: 0, self)
    case .band(let choice):
      byteCount = choices.bands[choice].byteCount - choices.bands[band].byteCount
      live.add(byteCount, choices.bandPlaces)
      band = choice
    }
    return byteCount
  }

  private func seconds(_ search: PlanSearch, budget: Int) -> Double {
    var seconds = choices.seconds + choices.bands[band].seconds
    for level in levels.indices { seconds += choices.levels[level].seconds[levels[level]][tap] }
    var filling = self
    return seconds + filling.fillWholes(search, budget: budget)
  }

  /// Gives whole convolutions what is free at their steps.
  /// - Returns: Their seconds.
  private mutating func fillWholes(_ search: PlanSearch, budget: Int) -> Double {
    let limit = search.planByteCount(budget: budget, self)
    var seconds = 0.0
    for (index, whole) in choices.wholes.enumerated() {
      let free = limit - live.byteCounts[whole.place]
      // Safe: the direct product needs no bytes.
      let choice = whole.choices.last { $0.byteCount <= free }.unsafelyUnwrapped
      tileCounts[index] = choice.tileCount
      seconds += choice.seconds
    }
    return seconds
  }

  func options(_ search: PlanSearch) -> PlanOptions {
    var options = search.leastOptions(choices.options)
    for (level, index) in zip(options.windows.indices, levels.indices) {
      options.windows[level] = choices.levels[index].capacities[levels[index]]
    }
    options.tapRowCapacity = search.tapRowCapacities[tap]
    for (stage, count) in choices.bands[band].tileCounts { options.tileCounts[stage] = count }
    for (index, whole) in choices.wholes.enumerated() { options.tileCounts[whole.stage] = tileCounts[index] }
    return options
  }
}

extension ScheduleChoices {
  /// Whether a thread may need room for tiles.
  var mayHaveTiles: Bool { bands.count > 1 || wholes.contains { $0.choices.count > 1 } }
}
