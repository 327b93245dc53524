import SpadeCost

/// The rates that explain measured steps best.
///
/// A step's time on one core is a sum over its kinds of work, each an amount times the cost of a unit. The costs are those with the
/// least squared error, each step's error as a share of its frame. Kinds of work that always come together cannot be told apart
/// by that, so every cost is also held near the one known before, times a factor that all have in common.
struct RateFit {
  /// A kind of work. The time of some is given as units a cycle, that of others as cycles a unit.
  private struct Kind: Sendable {
    let name: String
    let path: WritableKeyPath<Work, Double> & Sendable
    var isRate = true
  }

  private static let kinds = [
    Kind(name: "multiplyAdds", path: \.multiplyAdds),
    Kind(name: "loneMultiplyAdds", path: \.loneMultiplyAdds),
    Kind(name: "tapMultiplyAdds", path: \.tapMultiplyAdds),
    Kind(name: "joinedSums", path: \.joinedSums),
    Kind(name: "requantizedValues", path: \.requantizedValues),
    Kind(name: "modulatedValues", path: \.modulatedValues),
    Kind(name: "tableAdditions", path: \.tableAdditions),
    Kind(name: "tapAdditions", path: \.tapAdditions),
    Kind(name: "tiles.multiplyAdds", path: \.tiles.multiplyAdds),
    Kind(name: "tiles.codePoints", path: \.tiles.codePoints),
    Kind(name: "tiles.weightPoints", path: \.tiles.weightPoints),
    Kind(name: "tiles.sumPoints", path: \.tiles.sumPoints),
    Kind(name: "pixelOffset", path: \.pixelOffsets, isRate: false),
    Kind(name: "windowOffset", path: \.windowOffsets, isRate: false),
    Kind(name: "numberedPixel", path: \.numberedPixels, isRate: false),
    Kind(name: "foundWindow", path: \.foundWindows, isRate: false),
    Kind(name: "color", path: \.colors, isRate: false),
  ]
  /// What a cost of nothing, or of twice what was known, weighs beside an explanation that explains nothing.
  private static let firmness = 1e-4
  private static let sweepCount = 2000

  /// Of the sums of squares: of pairs of amounts, of amounts with times, and of times.
  private var amounts = [[Double]](
    repeating: [Double](repeating: 0, count: kinds.count), count: kinds.count)
  private var times = [Double](repeating: 0, count: kinds.count)
  private var total = 0.0
  /// A machine with one thread, whose rates are known and whose tasks are those of the frames.
  private let known: Machine

  init(known: Machine) { self.known = known }

  /// Adds a frame painted with one thread.
  mutating func add(_ frame: Trial.Frame) {
    for step in frame.steps {
      let work = Work(step.shape, windows: step.windows, on: known)
      let row = Self.kinds.map { work[keyPath: $0.path] / frame.milliseconds }
      let time = step.milliseconds / frame.milliseconds
      for (kind, amount) in row.enumerated() where amount != 0 {
        for other in row.indices { amounts[kind][other] += amount * row[other] }
        times[kind] += amount * time
      }
      total += time * time
    }
  }

  /// Milliseconds of a unit of each kind on the machine known before. Joined sums, which that may take for nothing, are near additions.
  private var knownCosts: [Double] {
    Self.kinds.map { kind in
      let cost = knownCost(kind.path)
      return cost > 0 ? cost : knownCost(\.tapAdditions)
    }
  }

  private func knownCost(_ kind: WritableKeyPath<Work, Double>) -> Double {
    var unit = Work()
    unit[keyPath: kind] = 1
    return known.cycles(unit) / known.clock * 1e3
  }

  /// Milliseconds of a unit of each kind, by coordinate descent.
  private var costs: [Double] {
    let before = knownCosts
    func explained(_ kind: Int, by costs: [Double]) -> Double {
      zip(amounts[kind], costs).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (top, bottom) = before.indices.reduce((0.0, 0.0)) {
      ($0.0 + before[$1] * times[$1], $0.1 + before[$1] * explained($1, by: before))
    }
    let prior = before.map { $0 * top / bottom }
    var costs = prior
    for _ in 0..<Self.sweepCount {
      for kind in costs.indices {
        let hold = Self.firmness * total / (prior[kind] * prior[kind])
        let missing = times[kind] - explained(kind, by: costs) + amounts[kind][kind] * costs[kind]
        // A kind of work takes some time, whatever the noise says.
        costs[kind] = max((missing + hold * prior[kind]) / (amounts[kind][kind] + hold), prior[kind] / 10)
      }
    }
    return costs
  }

  /// One thread with the rates found; a cycle is a nanosecond.
  var machine: Machine {
    let cycles = costs.map { $0 * 1e6 }
    func rate(_ kind: WritableKeyPath<Work, Double>) -> Double { 1 / cost(kind) }
    func cost(_ kind: WritableKeyPath<Work, Double>) -> Double {
      Self.kinds.firstIndex { $0.path == kind }.map { cycles[$0] } ?? 0
    }
    var machine = known
    machine.clock = 1e9
    machine.rates = KernelRates(
      multiplyAdds: rate(\.multiplyAdds), loneMultiplyAdds: rate(\.loneMultiplyAdds),
      tapMultiplyAdds: rate(\.tapMultiplyAdds), joinedSums: rate(\.joinedSums),
      requantizedValues: rate(\.requantizedValues), modulatedValues: rate(\.modulatedValues),
      tableAdditions: rate(\.tableAdditions), tapAdditions: rate(\.tapAdditions),
      tiles: known.hasTiles
        ? TileRates(
          multiplyAdds: rate(\.tiles.multiplyAdds), codePoints: rate(\.tiles.codePoints),
          weightPoints: rate(\.tiles.weightPoints), sumPoints: rate(\.tiles.sumPoints)) : nil)
    machine.scalars = ScalarCycles(
      pixelOffset: cost(\.pixelOffsets), windowOffset: cost(\.windowOffsets),
      numberedPixel: cost(\.numberedPixels), foundWindow: cost(\.foundWindows), color: cost(\.colors))
    return machine
  }

  /// The rates, in units a nanosecond, and the scalar costs, in nanoseconds a unit, by the names they have in `Machine`.
  var description: String {
    zip(Self.kinds, costs).map { kind, cost in
      let cycles = cost * 1e6
      return "\(kind.name) \(kind.isRate ? (1 / cycles).fixed(1) : cycles.fixed(2))"
    }.joined(separator: ", ")
  }
}
