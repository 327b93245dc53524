import SpadeQuantize
import SpadeTools

/// How far int8 is from float32 on maps that no decision saw, and what to do about it.
struct UnseenLoss {
  /// In dB, of at least one map.
  let psnrs: [Double]
  /// One for each map.
  let names: [String]
  /// Whether they are given maps; otherwise drawings.
  let areHeldBack: Bool
  /// Of the test picture, whose map calibration saw, in dB.
  let seenPSNR: Double

  /// In dB. There the error is 4.5 of 255 levels (root mean square), on gray a difference of 1.8 in CIELAB, where people just notice 2.3
  /// (Mahy et al., 1994): gathered in 60 % of the picture it is that large, and errors do gather.
  static let enough = 35.0
  /// In dB, between the worst and what calibration saw: twice the error's power, half of which comes from what it has not seen.
  static let gap = 3.0

  /// In dB.
  var mean: Double { psnrs.reduce(0, +) / Double(psnrs.count) }

  /// The index of the worst map.
  var worst: Int { psnrs.indices.min { psnrs[$0] < psnrs[$1] } ?? 0 }

  var line: String {
    let kind = areHeldBack ? "maps, held back," : "drawings"
    return
      "int8 against float32 on \(psnrs.count) \(kind) that no decision saw: mean \(mean.fixed(1)) dB, worst "
      + "\(psnrs[worst].fixed(1)) dB (\(names[worst]))"
  }

  /// What to do about a model that loses much.
  /// - Parameters:
  ///   - quality: That it was made with.
  ///   - calibration: The folder of maps, if one was given.
  ///   - evaluate: The command that measures the model on a folder of maps, but for that folder.
  func note(quality: Quality, calibration: String?, evaluate: String) -> String? {
    guard psnrs[worst] < Self.enough else { return nil }
    let name = (areHeldBack ? "" : "the ") + names[worst]
    let low =
      "note: \(name) comes out at \(psnrs[worst].fixed(1)) dB; below \(Self.enough.fixed(0)) dB people see errors in places."
    let finer = quality == .best ? "" : "--quality best"
    guard let calibration else {
      return
        "\(low) Type the same with --calibration and a folder of label maps like those to paint, eight or more: some are held "
        + "back then, and measured." + (finer.isEmpty ? "" : " \(finer) helps too.")
    }
    let look = "\(evaluate) <folder> --sources --pictures <errors> shows where and why."
    guard seenPSNR - psnrs[worst] < Self.gap else {
      return
        "\(low) Calibration saw nothing like it: put more maps like those to paint into \(calibration) and type the same again"
        + (finer.isEmpty ? ". " : ", with \(finer). ") + look
    }
    return finer.isEmpty
      ? "\(low) What calibration saw is hardly better, so that more maps will hardly help. \(look)"
      : "\(low) Type the same with \(finer). \(look)"
  }
}
