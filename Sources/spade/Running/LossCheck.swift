import SpadeInput
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// What a model loses against float32: on maps that no decision saw, on the worst of them by source of error, and on its test picture, which
/// calibration saw and which therefore flatters.
struct LossCheck {
  let unseen: UnseenLoss
  /// Of the worst map, each source alone.
  private let parts: [(title: String, psnr: Double)]
  /// Of the maps that no decision saw.
  private let clipped: ClippedValues

  private static let groups: [(title: String, sources: Set<ErrorSource>)] = [
    ("clipped codes", [.clipping]), ("rounded codes", [.rounding]), ("weights", [.weights, .affineWeights]),
    ("the rest", [.hidden, .affine, .wide]),
  ]
  /// Layers named at most.
  private static let layerCount = 3

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
    var psnrs: [Double] = []
    for index in maps.maps.indices {
      progress.begin("comparing with float32, map \(index + 1) of \(maps.maps.count) that no decision saw")
      expected.append(
        reference.picture(labels: maps.maps[index], style: style(index)) { clipped.add($0, $1) }.rgb8())
      let painted = try trial.picture(of: maps.maps[index], style: style(index) ?? [])
      psnrs.append(Metrics.psnr(expected[index], painted))
    }
    let unseen = UnseenLoss(
      psnrs: psnrs, names: names, areHeldBack: maps.areHeldBack,
      seenPSNR: Metrics.psnr(seen, trial.picture))
    parts = Self.groups.map { group in
      progress.begin("comparing with float32, \(group.title) alone")
      let picture = simulation.picture(
        labels: maps.maps[unseen.worst], style: style(unseen.worst), sources: group.sources)
      return (group.title, Metrics.psnr(expected[unseen.worst], picture.rgb8()))
    }
    (self.unseen, self.clipped) = (unseen, clipped)
  }

  /// - Parameter kernelNames: Those with which the test picture was painted.
  func lines(kernelNames: String) -> [String] {
    let alone = parts.map { part in
      "\(part.title) \(part.psnr.fixed(1)) dB"
    }.joined(separator: ", ")
    let worst = clipped.layers.filter { $0.clippedCount > 0 }.sorted { $0.share > $1.share }
      .prefix(Self.layerCount)
    let layers = worst.map { "\($0.name) \($0.share.percent) %" }.joined(separator: ", ")
    let share = worst.isEmpty ? "none" : "\(clipped.share.percent) %"
    return [
      unseen.line,
      "each error alone on the worst: \(alone)",
      "clipped: \(share) of the values of these \(unseen.psnrs.count)"
        + (worst.isEmpty ? "" : "; most in \(layers)"),
      "test picture, of a map that calibration saw: \(unseen.seenPSNR.fixed(1)) dB, the same bytes with \(kernelNames)",
    ]
  }
}
