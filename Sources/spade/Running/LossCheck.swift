import SpadeQuantize
import SpadeTools

/// What a model loses against float32: on its test picture, by source of error, and on maps that its ranges had not seen the values that
/// lie beyond its codes.
struct LossCheck {
  /// Of the test picture, in dB.
  let psnr: Double
  private let parts: [(title: String, psnr: Double)]
  private let clipped: ClippedValues
  private let maps: String

  private static let groups: [(title: String, sources: Set<ErrorSource>)] = [
    ("clipped codes", [.clipping]), ("rounded codes", [.rounding]), ("weights", [.weights, .affineWeights]),
    ("the rest", [.hidden, .affine, .wide]),
  ]
  /// Below, people see it in places.
  private static let enough = 35.0
  /// Layers named at most.
  private static let layerCount = 3

  init(_ trial: TrialRun, _ generator: Generator, _ unseen: UnseenMaps, progress: StageProgress) throws {
    let (map, style) = trial.testCase
    let simulation = try about(TrialRun.name) { try Simulation(trial.model, generator) }
    func picture(_ sources: Set<ErrorSource>) -> [UInt8] {
      simulation.picture(labels: map, style: style.isEmpty ? nil : style, sources: sources).rgb8()
    }
    progress.begin("comparing with float32")
    let expected = picture([])
    psnr = Metrics.psnr(expected, trial.picture)
    var parts: [(title: String, psnr: Double)] = []
    for group in Self.groups {
      progress.begin("comparing with float32, \(group.title) alone")
      parts.append((group.title, Metrics.psnr(expected, picture(group.sources))))
    }
    self.parts = parts
    clipped = unseen.clippedValues(of: generator) { index in
      progress.begin("counting clipped values, map \(index + 1) of \(unseen.maps.count)")
    }
    let kind =
      unseen.areHeldBack
      ? "maps, with ranges that had not seen them" : "drawings that calibration has not seen"
    maps = "\(unseen.maps.count) \(kind)"
  }

  /// Behind the line about the test picture.
  var lines: [String] {
    let alone = parts.map { part in
      "\(part.title) \(part.psnr.fixed(1)) dB"
    }.joined(separator: ", ")
    let worst = clipped.layers.filter { $0.clippedCount > 0 }.sorted { $0.share > $1.share }
      .prefix(Self.layerCount)
    let layers = worst.map { "\($0.name) \($0.share.percent) %" }.joined(separator: ", ")
    let share = worst.isEmpty ? "none" : "\(clipped.share.percent) %"
    return [
      "each error alone: \(alone)",
      "clipped: \(share) of the values of \(maps)" + (worst.isEmpty ? "" : "; most in \(layers)"),
    ]
  }

  /// What to do about a model that loses much.
  /// - Parameter quality: That it was made with.
  func note(quality: Quality) -> String? {
    guard psnr < Self.enough else { return nil }
    let finer = quality == .best ? "" : ", or give --quality best"
    return
      "note: the test picture is below \(Self.enough.fixed(0)) dB: calibrate with more maps like those to paint "
      + "(--calibration)\(finer)."
  }
}
