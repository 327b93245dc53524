import SpadeQuantize
import SpadeTools

/// Which arena buys how much time, as a small table with bars.
struct PlanCurve {
  let lines: [String]

  private static let barLength = 30

  /// - Parameter chosen: The arena of the plan in use, with the same threads.
  init?(_ plans: [ModelMetadata.PlanSize], threadCount: Int, chosen: Int) {
    guard let slowest = plans.first else { return nil }
    let threads = "\(threadCount) thread\(threadCount == 1 ? "" : "s")"
    var lines = ["arena".left(15) + "time of a picture on \(threads), as a multiple of the shortest"]
    // In older files the plan in use may lie between two of the list.
    let current = plans.lastIndex { $0.arenaByteCount <= chosen }
    for (index, plan) in plans.enumerated() {
      let bar = Int((plan.time / slowest.time * Double(Self.barLength)).rounded(.up))
      lines.append(
        (index == current ? "> " : "  ") + plan.arenaByteCount.grouped.right(11) + plan.time.fixed(2).right(7)
          + " " + String(repeating: "#", count: max(bar, 1)))
    }
    self.lines = lines
  }
}
