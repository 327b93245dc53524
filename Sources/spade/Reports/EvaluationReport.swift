import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// How far a model's pictures are from those of its checkpoint in float32.
struct EvaluationReport: Encodable {
  struct Picture: Encodable {
    let name: String
    /// XXH64 of the ids that the network read, as the model file has those of its calibration, and of the instance map's file, if one
    /// was read; in hexadecimal.
    let checksum: String
    let instancesChecksum: String?
    /// In dB.
    let psnr: Double
    let ssim: Double
    /// 0 … 255.
    let maxError: Int
    /// Of one run.
    let seconds: Double
    /// Whether the model was calibrated with the map, whatever its borders; `nil` where an older file does not tell.
    let seen: Bool?
  }

  struct Mean: Encodable {
    let psnr: Double
    let ssim: Double
    let maxError: Double
  }

  /// The least ratio, the least similarity and the largest error, of one picture or of several, and the maps that have them.
  struct Worst: Encodable {
    let psnr: Double
    let psnrMap: String
    let ssim: Double
    let ssimMap: String
    let maxError: Int
    let maxErrorMap: String
  }

  /// Some of the pictures.
  struct Part: Encodable {
    let count: Int
    let mean: Mean
    let worst: Worst
  }

  struct Layer: Encodable {
    let name: String
    /// Signal-to-quantisation-noise ratio over all maps, in dB.
    let sqnr: Double
  }

  /// What was compared, and how it ran.
  struct Run: Encodable {
    /// XXH64 of the files, in hexadecimal.
    let modelChecksum: String
    let checkpoint: String
    let checkpointChecksum: String
    /// That the model was made with; none in older files.
    let quality: String?
    /// Of the label maps, as it was given, and how they were read, if anything was said of it.
    let labels: String
    let palette: String?
    let fit: String?
    let fill: String?
    let relabel: String?
    let relabelChecksum: String?
    /// The seed of the first map's style, or the file of the styles; neither for a network without style.
    let firstSeed: UInt64?
    let z: String?
    let zChecksum: String?
    let isa: String
    let threads: Int
    /// With these threads.
    let arenaBytes: Int
    let program: String
  }

  let model: String
  let run: Run
  let pictures: [Picture]
  let mean: Mean
  let worst: Worst
  /// The pictures of maps that calibration has not seen, where there are others too.
  let unseen: Part?
  let layers: [Layer]
  /// Layers without a ratio, since the checkpoint makes tensors of another shape there.
  let unreadLayers: [String]
  /// What each source of error costs, where that was asked for.
  let sources: SourceReport?

  /// As a person reads it.
  var lines: [String] {
    let width = max(20, (pictures.map(\.name.count).max() ?? 0) + 2)
    var lines = ["map".left(width) + "PSNR dB".right(9) + "SSIM".right(9) + "max".right(6) + "time".right(11)]
    for picture in pictures {
      let scores = picture.psnr.fixed(2).right(9) + picture.ssim.fixed(4).right(9)
      let rest = "\(picture.maxError)".right(6) + picture.seconds.duration.right(11)
      lines.append(picture.name.left(width) + scores + rest + (picture.seen == true ? "  seen" : ""))
    }
    let threads = "\(run.threads) thread\(run.threads == 1 ? "" : "s")"
    lines += Self.lines(mean, worst, width: width)
    if let unseen { lines += Self.lines(unseen.mean, unseen.worst, of: "unseen, ", width: width) }
    lines += [
      "times: one run each, \(run.isa) on \(threads)", "",
      "layer".left(width) + "SQNR dB".right(9),
    ]
    for layer in layers { lines.append(layer.name.left(width) + layer.sqnr.fixed(2).right(9)) }
    if !unreadLayers.isEmpty {
      let names = unreadLayers.joined(separator: ", ")
      lines.append("without a ratio, as the checkpoint makes another shape there: \(names)")
    }
    if let sources { lines += [""] + sources.lines }
    return lines
  }

  private static func lines(_ mean: Mean, _ worst: Worst, of which: String = "", width: Int) -> [String] {
    [
      "\(which)mean".left(width) + mean.psnr.fixed(2).right(9) + mean.ssim.fixed(4).right(9)
        + mean.maxError.fixed(1).right(6),
      "\(which)worst".left(width) + worst.psnr.fixed(2).right(9) + worst.ssim.fixed(4).right(9)
        + "\(worst.maxError)".right(6),
    ]
  }

  /// That maps were seen in calibration, if any were.
  var seenNote: String? {
    let count = pictures.count { $0.seen == true }
    guard count > 0 else { return nil }
    let which =
      count == pictures.count
      ? "all maps were" : "\(count) of \(pictures.count) maps \(count == 1 ? "was" : "were")"
    return
      "note: \(which) seen in calibration, which flatters the figures; others tell what pictures will be like."
  }

  /// What to do about a model that loses much on one of the maps, if it does.
  /// - Parameters:
  ///   - hasInnerNorm: Whether the network's SPADE layers have an instance norm inside.
  ///   - isTakenApart: Whether the sources of error are told already.
  func lossNote(hasInnerNorm: Bool, isTakenApart: Bool) -> String? {
    guard worst.psnr < UnseenLoss.enough else { return nil }
    let isSeen = pictures.first { $0.name == worst.psnrMap }?.seen == true
    let low = UnseenLoss.low(worst.psnrMap, worst.psnr)
    let more =
      isSeen
      ? "Calibration saw it, so that more maps will hardly help."
      : "Calibration did not see it: give spade quantize --calibration more maps like those to paint, and measure with others."
    let inner = hasInnerNorm && !isSeen ? " \(UnseenLoss.innerNormAdvice)" : ""
    let finer = run.quality.map { $0 == Quality.best.rawValue } ?? true ? "" : " --quality best helps too."
    let look = isTakenApart ? "" : " --sources --pictures <errors> shows where and why."
    return "\(low) \(more)\(inner)\(finer)\(look)"
  }
}

extension EvaluationReport.Part {
  /// - Precondition: There is at least one picture.
  init(_ pictures: [EvaluationReport.Picture]) {
    func mean(_ value: (EvaluationReport.Picture) -> Double) -> Double {
      pictures.reduce(0) { $0 + value($1) } / Double(pictures.count)
    }
    count = pictures.count
    self.mean = EvaluationReport.Mean(
      psnr: mean(\.psnr), ssim: mean(\.ssim), maxError: mean { Double($0.maxError) })
    let psnr = pictures.min { $0.psnr < $1.psnr } ?? pictures[0]
    let ssim = pictures.min { $0.ssim < $1.ssim } ?? pictures[0]
    let maxError = pictures.max { $0.maxError < $1.maxError } ?? pictures[0]
    worst = EvaluationReport.Worst(
      psnr: psnr.psnr, psnrMap: psnr.name, ssim: ssim.ssim, ssimMap: ssim.name,
      maxError: maxError.maxError, maxErrorMap: maxError.name)
  }
}
