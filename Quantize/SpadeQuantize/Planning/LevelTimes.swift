import SpadeCost

/// What the steps of a schedule ask of a level: γ and β of a norm for some rows, or statistics of its features for all rows.
struct WindowRequest: Hashable {
  var norm: StoredNorm.Index
  var rows: Range<Int>
  var isForStatistics = false
}

extension Schedule {
  /// In the order of the steps.
  func requests(of level: Level.Index, _ network: QuantizedNetwork) -> [WindowRequest] {
    steps.compactMap { step in
      let norm: StoredNorm.Index
      switch step.action {
      case .affine(let index), .statistics(let index): norm = index
      case .windows, .hidden, .styleBias, .stage: return nil
      }
      guard network.norms[norm].level == level else { return nil }
      return WindowRequest(norm: norm, rows: step.rows, isForStatistics: step.action == .statistics(norm))
    }
  }
}

/// The windows of a level while steps ask for them.
private struct LevelProgress {
  var numbered: NumberedWindows?
  /// Norms whose hidden activations are made of them, and whose γ and β.
  var hidden: Set<StoredNorm.Index> = []
  var made: Set<StoredNorm.Index> = []

  /// Numbers windows from a row on, unless some rows from it on are numbered.
  /// - Parameter firstRow: Of those that are asked for from here on.
  /// - Returns: Whether they were not.
  mutating func number(
    _ rows: Range<Int>, firstRow: Int, _ counts: WindowCounts, _ capacity: WindowCapacity
  ) -> Bool {
    if let numbered, numbered.rows.lowerBound <= rows.lowerBound,
      rows.upperBound <= numbered.rows.upperBound
    {
      return false
    }
    if firstRow < rows.lowerBound, firstRow != numbered?.rows.lowerBound {
      let all = NumberedWindows(counts, from: firstRow, capacity: capacity)
      if all.rows.upperBound >= rows.upperBound {
        self = LevelProgress(numbered: all)
        return true
      }
    }
    self = LevelProgress(numbered: NumberedWindows(counts, from: rows.lowerBound, capacity: capacity))
    return true
  }
}

/// How long a level's windows take in the scenes, as the executor numbers them: from the row asked for as far as the places
/// reach, and anew when a request reaches beyond. A norm's γ and β are made once after each numbering.
struct LevelTimes {
  let network: QuantizedNetwork
  let machine: Machine
  let scenes: [PlanScene]
  /// Hidden rows of a tap table, choice by choice.
  let tapRowCapacities: [Int]

  /// - Returns: For each choice of a tap table: seconds, the mean over the scenes.
  func seconds(_ level: Level.Index, _ requests: [WindowRequest], _ capacity: WindowCapacity) -> [Double] {
    var seconds = [Double](repeating: 0, count: tapRowCapacities.count)
    let firstRows = firstRows(requests)
    for scene in scenes {
      let counts = scene.counts[level]
      var progress = LevelProgress()
      for (request, firstRow) in zip(requests, firstRows) {
        if request.isForStatistics {
          add(scene.weight * statistics(request.norm, counts, capacity, &progress), to: &seconds)
          continue
        }
        if progress.number(request.rows, firstRow: firstRow, counts, capacity),
          let windows = progress.numbered
        {
          add(scene.weight * numbering(windows, width: counts.width), to: &seconds)
        }
        guard progress.made.insert(request.norm).inserted, let windows = progress.numbered else { continue }
        let needsHidden = progress.hidden.insert(request.norm).inserted
        add(
          request, windows, width: counts.width, needsHidden: needsHidden, weight: scene.weight, to: &seconds)
      }
    }
    return seconds
  }

  /// For each request, the first row that it or one after it asks for: statistics go through the map on their own.
  private func firstRows(_ requests: [WindowRequest]) -> [Int] {
    var first = Int.max
    return requests.reversed().map { request in
      if !request.isForStatistics { first = min(first, request.rows.lowerBound) }
      return first
    }.reversed()
  }

  /// Statistics of a norm's features: the map is gone through as far as places reach, and on from there.
  private func statistics(
    _ norm: StoredNorm.Index, _ counts: WindowCounts, _ capacity: WindowCapacity,
    _ progress: inout LevelProgress
  ) -> Double {
    guard let shape = network.statisticsShape(norm) else { return 0 }
    var windows = StepWindows(isMade: true)
    var start = 0
    while start < counts.height {
      let isNew = progress.number(start..<start + 1, firstRow: start, counts, capacity)
      guard let numbered = progress.numbered else { break }
      windows.numberedRowCount += isNew ? numbered.rows.count : 0
      windows.inner += progress.hidden.insert(norm).inserted ? numbered.inner : 0
      windows.outer += numbered.outer
      start = numbered.rows.upperBound
    }
    return machine.seconds(shape, windows: windows)
  }

  private func add(_ time: Double, to seconds: inout [Double]) {
    for choice in seconds.indices { seconds[choice] += time }
  }

  private func numbering(_ windows: NumberedWindows, width: Int) -> Double {
    machine.seconds(
      .windows(WindowsShape(rowCount: windows.rows.count, width: width)),
      windows: StepWindows(
        inner: windows.inner, outer: windows.outer, isMade: true, numberedRowCount: windows.rows.count))
  }

  private func add(
    _ request: WindowRequest, _ numbered: NumberedWindows, width: Int, needsHidden: Bool, weight: Double,
    to seconds: inout [Double]
  ) {
    let windows = StepWindows(numbered, width: width)
    var hidden: Double?
    for (choice, capacity) in tapRowCapacities.enumerated() {
      guard let shapes = network.shapes(request.norm, rows: request.rows, tapRowCapacity: capacity) else {
        continue
      }
      let hiddenSeconds = hidden ?? (needsHidden ? machine.seconds(shapes.hidden, windows: windows) : 0)
      hidden = hiddenSeconds
      seconds[choice] += weight * (hiddenSeconds + machine.seconds(shapes.affine, windows: windows))
    }
  }
}

extension StepWindows {
  /// What `hidden` and `affine` meet.
  init(_ numbered: NumberedWindows, width: Int) {
    self.init(
      inner: numbered.inner, outer: numbered.outer,
      tiles: WindowTileRounds.tileCount(outer: numbered.outer, rowCount: numbered.rows.count, width: width),
      isMade: true)
  }
}
