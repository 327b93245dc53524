import SpadeCost

/// Pictures of one map in several styles have the same windows, A and B.
extension PlanSearch {
  /// Lets A and B live on to the next picture of the same map as far as `byteCount` reaches: first those that save most time
  /// for a byte. What is left then goes to their levels' windows: those of a map that is busier than its level has room for are
  /// replaced while it is painted, and nothing made of them lives on. Nothing else of the plan changes, so a lone picture
  /// takes as long as before.
  func keeping(_ point: PlanPoint, byteCount: Int) -> PlanPoint {
    // Without a style the next picture of a map is the same picture; where it goes along with the labels, it has its own A and B.
    guard network.configuration.styleCount != nil, network.tables.allSatisfy({ $0.style == nil }) else {
      return point
    }
    let schedule = Scheduler.schedule(network, point.options.schedule)
    let plan = maker.planner.plan(point.options, schedule)
    let gains = network.norms.indices.compactMap { index -> (norm: StoredNorm.Index, gain: Double)? in
      guard let level = network.norms[index].level, let norm = plan.norms[index] else { return nil }
      let seconds = maker.times.savedSeconds(
        index, plan.levels[level], tapRowCapacity: plan.tapRowCapacity)
      return (index, seconds / Double(max(plan.buffers[norm.affine].byteCount, 1)))
    }
    var kept = point
    for (norm, gain) in gains.sorted(by: { ($0.gain, $1.norm) > ($1.gain, $0.norm) }) where gain > 0 {
      var options = kept.options
      options.keptNorms.insert(norm)
      let next = self.point(options, schedule, seconds: point.seconds)
      if next.arenaByteCount <= byteCount { kept = next }
    }
    return widened(kept, schedule, byteCount: byteCount)
  }

  /// Gives levels with kept norms room for more windows as far as `byteCount` reaches, to one for each cell at most: the smallest
  /// levels first, as these take least for a whole map.
  private func widened(_ point: PlanPoint, _ schedule: Schedule, byteCount: Int) -> PlanPoint {
    var widest = point
    let levels = Set(point.options.keptNorms.compactMap { network.norms[$0].level })
    for index in levels.sorted(by: { network.levels[$0].shift > network.levels[$1].shift }) {
      let level = network.levels[index]
      let cellCount = level.width * level.height
      let windows = point.options.windows[index]
      // Of the cells without room, in parts of `wideningParts`: so many windows fit, and so many do not.
      var fits = 0
      var exceeds = Self.wideningParts + 1
      while fits + 1 < exceeds {
        let part = exceeds > Self.wideningParts ? Self.wideningParts : (fits + exceeds) / 2
        func wide(_ count: Int) -> Int { count + max(cellCount - count, 0) * part / Self.wideningParts }
        var options = widest.options
        options.windows[index] = WindowCapacity(inner: wide(windows.inner), outer: wide(windows.outer))
        let next = self.point(options, schedule, seconds: point.seconds)
        if next.arenaByteCount <= byteCount {
          (widest, fits) = (next, part)
        } else {
          exceeds = part
        }
      }
    }
    return widest
  }

  private static var wideningParts: Int { 64 }
}

extension LevelTimes {
  /// The seconds that keeping a norm's A and B saves, the mean over the scenes: nothing in those whose windows do not all fit.
  fileprivate func savedSeconds(
    _ index: StoredNorm.Index, _ room: PlannedLevel, tapRowCapacity: Int
  ) -> Double {
    guard let level = network.norms[index].level,
      let shapes = network.shapes(
        index, rows: 0..<network.levels[level].height, tapRowCapacity: tapRowCapacity)
    else { return 0 }
    return scenes.reduce(0) { sum, scene in
      let counts = scene.counts[level]
      guard counts.innerTotal <= room.innerCapacity, counts.outerTotal <= room.outerCapacity else {
        return sum
      }
      let all = NumberedWindows(
        counts, from: 0, capacity: WindowCapacity(inner: room.innerCapacity, outer: room.outerCapacity))
      let windows = StepWindows(all, width: counts.width)
      let seconds =
        machine.seconds(shapes.hidden, windows: windows) + machine.seconds(shapes.affine, windows: windows)
        + (network.statisticsShape(index).map { machine.seconds($0, windows: windows) } ?? 0)
      return sum + scene.weight * seconds
    }
  }
}
