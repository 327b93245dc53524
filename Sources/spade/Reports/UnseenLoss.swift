import SpadeQuantize
import SpadeTools

/// How far int8 is from float32 on maps that no decision saw, and what to do about it.
struct UnseenLoss: Encodable {
  struct Picture: Encodable {
    /// Of the map.
    let name: String
    /// In dB.
    let psnr: Double
    /// 0 … 255.
    let maxError: Int
  }

  struct Mean: Encodable {
    let psnr: Double
    let maxError: Double
  }

  /// The least ratio and the largest error, of one picture or of two.
  struct Worst: Encodable {
    let psnr: Double
    let maxError: Int
  }

  /// Whether their maps are given ones; otherwise drawings.
  let areHeldBack: Bool
  let pictures: [Picture]
  let mean: Mean
  let worst: Worst

  /// In dB. There the error is 4.5 of 255 levels (root mean square), on gray a difference of 1.8 in CIELAB, where people just notice 2.3
  /// (Mahy et al., 1994): gathered in 60 % of the picture it is that large, and errors do gather.
  static let enough = 35.0
  /// In dB, between the worst and what calibration saw: twice the error's power, half of which comes from what it has not seen.
  static let gap = 3.0

  /// What maps a network needs whose SPADE layers have an instance norm inside: it magnifies what calibration has not seen, most where a
  /// map has few windows.
  static let innerNormAdvice =
    "This network has an instance norm inside its SPADE layers and needs maps of the kind that will be painted, some of them of few areas."

  /// The beginning of a note.
  static func low(_ map: String, _ psnr: Double) -> String {
    "note: \(map) comes out at \(psnr.fixed(1)) dB; below \(enough.fixed(0)) dB people see errors in places."
  }

  /// - Parameter pictures: At least one.
  init(_ pictures: [Picture], areHeldBack: Bool) {
    func mean(_ value: (Picture) -> Double) -> Double {
      pictures.reduce(0) { $0 + value($1) } / Double(pictures.count)
    }
    self.areHeldBack = areHeldBack
    self.pictures = pictures
    self.mean = Mean(psnr: mean(\.psnr), maxError: mean { Double($0.maxError) })
    worst = Worst(
      psnr: pictures.map(\.psnr).min() ?? 0, maxError: pictures.map(\.maxError).max() ?? 0)
  }

  /// The index of the picture with the least ratio.
  var worstIndex: Int { pictures.indices.min { pictures[$0].psnr < pictures[$1].psnr } ?? 0 }

  var lines: [String] {
    let kind = areHeldBack ? "maps, held back," : "drawings"
    return [
      "int8 against float32 on \(pictures.count) \(kind) that no decision saw: mean \(mean.psnr.fixed(1)) dB, worst "
        + "\(worst.psnr.fixed(1)) dB (\(pictures[worstIndex].name)), largest error \(worst.maxError) of 255",
      "each with its largest error: "
        + pictures.map { "\($0.name) \($0.psnr.fixed(1)) dB, \($0.maxError)" }.joined(separator: "; "),
    ]
  }

  /// What to do about a model that loses much.
  /// - Parameters:
  ///   - seen: Of the test picture, whose map calibration saw, in dB.
  ///   - quality: That it was made with.
  ///   - calibration: The folder of maps, if one was given.
  ///   - hasInnerNorm: Whether the network's SPADE layers have an instance norm inside.
  ///   - evaluate: The command that measures the model on a folder of maps, but for that folder.
  func note(
    seen: Double, quality: Quality, calibration: String?, hasInnerNorm: Bool, evaluate: String
  ) -> String? {
    guard worst.psnr < Self.enough else { return nil }
    let low = Self.low((areHeldBack ? "" : "the ") + pictures[worstIndex].name, worst.psnr)
    let inner = hasInnerNorm ? " \(Self.innerNormAdvice)" : ""
    let finer = quality == .best ? "" : "--quality best"
    guard let calibration else {
      return
        "\(low) Type the same with --calibration and a folder of label maps like those to paint, eight or more: some are held "
        + "back then, and measured." + inner + (finer.isEmpty ? "" : " \(finer) helps too.")
    }
    let look = "\(evaluate) <folder> --sources --pictures <errors> shows where and why."
    guard seen - worst.psnr < Self.gap else {
      return
        "\(low) Calibration saw nothing like it: put more maps like those to paint into \(calibration) and type the same again"
        + (finer.isEmpty ? "." : ", with \(finer).") + "\(inner) \(look)"
    }
    return finer.isEmpty
      ? "\(low) What calibration saw is hardly better, so that more maps will hardly help. \(look)"
      : "\(low) Type the same with \(finer). \(look)"
  }
}
