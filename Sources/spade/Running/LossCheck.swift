import SpadeInput
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// What a model loses against float32: on maps that no decision saw, on the worst of them by source of error, and on its test picture, which
/// calibration saw and which therefore flatters.
struct LossCheck {
  /// Some sources together, without the others.
  struct Part: Encodable {
    let sources: [ErrorSource]
    /// PSNR in dB.
    let alone: Double
  }

  let unseen: UnseenLoss
  /// Of the worst map.
  let parts: [Part]
  /// Of the maps that no decision saw.
  let clipped: ClippedValues
  /// Of the test picture, in dB.
  let seenPSNR: Double

  /// What is called by one name, in this order.
  static let groups: [(title: String, sources: [ErrorSource])] = [
    ("clipped codes", [.clipping]), ("rounded codes", [.rounding]), ("weights", [.weights, .affineWeights]),
    ("the rest", [.hidden, .affine, .wide]),
  ]

  /// - Parameter names: One for each of the maps.
  init(
    _ trial: TrialRun, _ generator: Generator, _ maps: UnseenMaps, names: [String], progress: StageProgress
  ) throws {
    let simulation = try about(TrialRun.name) { try Simulation(trial.model, generator) }
    let reference = Reference(generator)
    progress.begin("comparing the test picture with float32")
    let (map, testStyle) = trial.testCase
    let seen = reference.picture(labels: map, style: testStyle.isEmpty ? nil : testStyle).rgb8()

    func style(_ index: Int) -> [Float]? { maps.styles.isEmpty ? nil : maps.styles[index] }
    var clipped = ClippedValues(simulation)
    var expected: [[UInt8]] = []
    var pictures: [UnseenLoss.Picture] = []
    for index in maps.maps.indices {
      progress.begin("comparing with float32, map \(index + 1) of \(maps.maps.count) that no decision saw")
      expected.append(
        reference.picture(labels: maps.maps[index], style: style(index)) { clipped.add($0, $1) }.rgb8())
      let painted = try trial.picture(of: maps.maps[index], style: style(index) ?? [])
      pictures.append(
        UnseenLoss.Picture(
          name: names[index], psnr: Metrics.psnr(expected[index], painted),
          maxError: Metrics.maxError(expected[index], painted)))
    }
    let unseen = UnseenLoss(pictures, areHeldBack: maps.areHeldBack)
    let worst = unseen.worstIndex
    parts = Self.groups.map { group in
      progress.begin("comparing with float32, \(group.title) alone")
      let picture = simulation.picture(
        labels: maps.maps[worst], style: style(worst), sources: Set(group.sources))
      return Part(sources: group.sources, alone: Metrics.psnr(expected[worst], picture.rgb8()))
    }
    (self.unseen, self.clipped) = (unseen, clipped)
    seenPSNR = Metrics.psnr(seen, trial.picture)
  }
}
