import SpadeCost

/// What a plan is to be good for.
public struct PlanRequest: Sendable {
  public enum Goal: Equatable, Sendable {
    /// The smallest arena with which a picture takes at most a tenth longer than with any.
    case knee
    /// The least time, whatever the arena.
    case fastest
    /// The least time in an arena of so many bytes, or else the smallest arena.
    case arena(byteCount: Int)
  }

  public var goal: Goal
  public var machine: Machine

  /// - Parameter machine: The reference with two threads if `nil`.
  public init(_ goal: Goal = .knee, machine: Machine? = nil) {
    self.goal = goal
    self.machine = machine ?? .reference(threadCount: 2)
  }
}

/// The plan that was chosen, and those it was chosen from.
public struct PlanChoice: Sendable {
  /// The smallest first; each takes less time than those before.
  public let front: [PlanPoint]
  public let chosen: PlanPoint
  public let threadCount: Int

  /// About a dozen of the front, and the chosen plan, which for a given arena need not be one of the front.
  public var sizes: [ModelMetadata.PlanSize] {
    // Safe: the front has the smallest plan at least.
    let fastest = front.last.unsafelyUnwrapped.seconds
    func time(_ point: PlanPoint) -> Double { (point.seconds / fastest * 1000).rounded() / 1000 }
    var sizes: [ModelMetadata.PlanSize] = []
    for point in front {
      let time = time(point)
      let isChosen = point.arenaByteCount == chosen.arenaByteCount
      if let last = sizes.last, time > last.time * 0.95, point.seconds > fastest, !isChosen { continue }
      sizes.append(ModelMetadata.PlanSize(arenaByteCount: point.arenaByteCount, time: time))
    }
    // Where nothing fits, the chosen one is the smallest and has no time.
    if chosen.seconds.isFinite, !sizes.contains(where: { $0.arenaByteCount == chosen.arenaByteCount }) {
      let place = sizes.firstIndex { $0.arenaByteCount > chosen.arenaByteCount } ?? sizes.count
      sizes.insert(
        ModelMetadata.PlanSize(arenaByteCount: chosen.arenaByteCount, time: time(chosen)), at: place)
    }
    return sizes
  }
}

extension PlanSearch {
  /// How much longer than the fastest plan the one at the knee may take.
  private static let kneeShare = 1.1

  func choose(_ goal: PlanRequest.Goal) -> PlanChoice {
    let front = front()
    // Safe: the smallest plan is always in the front.
    let fastest = front.last.unsafelyUnwrapped
    let chosen: PlanPoint
    var limit = 0
    switch goal {
    case .knee:
      chosen = front.first { $0.seconds <= Self.kneeShare * fastest.seconds } ?? fastest
    case .fastest: chosen = fastest
    case .arena(let byteCount):
      chosen = best(byteCount: byteCount)
      limit = byteCount
    }
    let keeping = keeping(chosen, byteCount: max(limit, chosen.arenaByteCount))
    return PlanChoice(front: front, chosen: keeping, threadCount: machine.threadCount)
  }
}
