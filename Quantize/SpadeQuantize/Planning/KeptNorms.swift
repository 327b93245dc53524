import SpadeCost

/// Pictures of one map in several styles have the same windows, A and B.
extension PlanSearch {
  /// Lets A and B live on to the next picture of the same map as far as `byteCount` reaches: first those that save most time
  /// for a byte. Nothing else of the plan changes, so a lone picture takes as long as before.
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
    return kept
  }
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
      let windows = StepWindows(inner: counts.innerTotal, outer: counts.outerTotal, isMade: true)
      let seconds =
        machine.seconds(shapes.hidden, windows: windows) + machine.seconds(shapes.affine, windows: windows)
        + (network.statisticsShape(index).map { machine.seconds($0, windows: windows) } ?? 0)
      return sum + scene.weight * seconds
    }
  }
}
