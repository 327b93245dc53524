import SpadeCost
import SpadeModel

/// A plan that no other beats in both: a smaller one takes longer.
public struct PlanPoint: Sendable {
  /// With the machine's threads.
  public var arenaByteCount: Int
  /// On the machine, the mean over the scenes.
  public var seconds: Double
  var options: PlanOptions
}

/// Finds plans: for each size of the arena the one that takes the least time.
///
/// - What decides the steps is tried in all combinations: from which block on bands run, their rows, the rows of chunks,
///   whether bands make whole tiles.
/// - Then, under each, memory is given to what gains most time for a byte: to the windows that a level keeps, to tap tables,
///   to the tiles of convolutions in bands. All that is live at a step together must fit.
/// - The workspace of a convolution that makes a whole tensor lives for one step: it gets what is free there.
struct PlanSearch {
  let network: QuantizedNetwork
  let machine: Machine
  private let encoder: EncoderLayout?
  private(set) var maker: ChoiceMaker
  private let choices: [ScheduleChoices]

  /// - Parameters:
  ///   - scenes: At least one.
  ///   - encoder: The model's style encoder, for which the arena has room.
  init(
    _ network: QuantizedNetwork, scenes: [PlanScene], machine: Machine, encoder: EncoderLayout? = nil
  ) {
    self.network = network
    self.machine = machine
    self.encoder = encoder
    maker = ChoiceMaker(network, scenes, machine)
    var choices: [ScheduleChoices] = []
    for options in Self.schedules(blockCount: network.blockCount) {
      guard machine.hasTiles || !options.makesWholeTiles else { continue }
      choices.append(maker.choices(options, hasTiles: machine.hasTiles))
      if machine.hasTiles, !options.makesWholeTiles {
        choices.append(maker.choices(options, hasTiles: false))
      }
    }
    self.choices = choices
  }

  private static func schedules(blockCount: Int) -> [ScheduleOptions] {
    (0...blockCount).flatMap { block in
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

  /// The plans worth having, the smallest first.
  func front() -> [PlanPoint] {
    var fillings = choices.map { Filling($0, self) }
    let least = fillings.map { arenaByteCount($0.byteCount, $0) }.min() ?? 0
    var points: [PlanPoint] = []
    var budget = Double(least)
    var idle = 0
    while idle < 6 {
      var best: (filling: Int, seconds: Double)?
      for index in fillings.indices {
        guard let seconds = fillings[index].fill(self, budget: Int(budget)) else { continue }
        if seconds < best?.seconds ?? .infinity { best = (index, seconds) }
      }
      let last = points.last?.seconds ?? .infinity
      if let best, best.seconds < last * 0.999 {
        points.append(point(fillings[best.filling], seconds: best.seconds))
        idle = 0
      } else {
        idle += 1
      }
      budget *= 1.08
    }
    return Self.front(of: points)
  }

  /// The fastest plan in a budget, or else the smallest of all.
  func best(byteCount: Int) -> PlanPoint {
    var fillings = choices.map { Filling($0, self) }
    let candidates = fillings.indices.compactMap { index in
      fillings[index].fill(self, budget: byteCount).map { (index: index, seconds: $0) }
    }.sorted { $0.seconds < $1.seconds }
    for candidate in candidates {
      var budget = byteCount
      // Places may need more than what is live at once.
      for _ in 0..<4 {
        var filling = Filling(choices[candidate.index], self)
        guard let seconds = filling.fill(self, budget: budget) else { break }
        let point = point(filling, seconds: seconds)
        if point.arenaByteCount <= byteCount { return point }
        budget -= point.arenaByteCount - byteCount
      }
    }
    let points = choices.map { choice in point(Filling(choice, self), seconds: .infinity) }
    // Safe: there are schedules.
    return points.min { $0.arenaByteCount < $1.arenaByteCount }.unsafelyUnwrapped
  }

  func plan(_ point: PlanPoint) -> Plan { maker.planner.plan(point.options) }

  private func point(_ filling: Filling, seconds: Double) -> PlanPoint {
    point(filling.options(self), filling.choices.schedule, seconds: seconds)
  }

  /// - Parameter schedule: What the options say.
  func point(_ options: PlanOptions, _ schedule: Schedule, seconds: Double) -> PlanPoint {
    let plan = maker.planner.plan(options, schedule)
    return PlanPoint(
      arenaByteCount: arenaByteCount(plan.byteCount, tapRowCapacity: plan.tapRowCapacity, plan.usesWinograd),
      seconds: seconds, options: options)
  }

  private static func front(of points: [PlanPoint]) -> [PlanPoint] {
    let sorted = points.sorted { ($0.arenaByteCount, $0.seconds) < ($1.arenaByteCount, $1.seconds) }
    var front: [PlanPoint] = []
    for point in sorted where point.seconds < front.last?.seconds ?? .infinity { front.append(point) }
    return front
  }

  var tapRowCapacities: [Int] { maker.times.tapRowCapacities }

  func arenaByteCount(_ planByteCount: Int, _ filling: Filling) -> Int {
    arenaByteCount(
      planByteCount, tapRowCapacity: tapRowCapacities[filling.tap], filling.choices.mayHaveTiles)
  }

  /// Of a budget, the part for a plan's buffers.
  func planByteCount(budget: Int, _ filling: Filling) -> Int {
    budget
      - arenaByteCount(
        0, tapRowCapacity: tapRowCapacities[filling.tap], filling.choices.mayHaveTiles, encoder: nil)
  }

  private func arenaByteCount(_ planByteCount: Int, tapRowCapacity: Int, _ usesTiles: Bool) -> Int {
    arenaByteCount(planByteCount, tapRowCapacity: tapRowCapacity, usesTiles, encoder: encoder)
  }

  private func arenaByteCount(
    _ planByteCount: Int, tapRowCapacity: Int, _ usesTiles: Bool, encoder: EncoderLayout?
  ) -> Int {
    let kernelSize = network.configuration.kernelSize
    let scratch = ScratchLayout(
      tapCount: kernelSize * kernelSize, tapRowCapacity: tapRowCapacity, usesTiles: usesTiles,
      pictureChannelCount: network.pictureChannelCount, featureCount: network.featureCount)
    return ArenaLayout(
      planByteCount: planByteCount, encoder: encoder, scratch: scratch, threadCount: machine.threadCount
    ).byteCount
  }

  func leastOptions(_ options: ScheduleOptions) -> PlanOptions { maker.leastOptions(options) }
}
