import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// How far a model's pictures are from those of its checkpoint in float32.
struct EvaluationReport: Encodable {
  struct Picture: Encodable {
    let name: String
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
    let means = mean.psnr.fixed(2).right(9) + mean.ssim.fixed(4).right(9) + mean.maxError.fixed(1).right(6)
    let threads = "\(run.threads) thread\(run.threads == 1 ? "" : "s")"
    lines += [
      "mean".left(width) + means, "times: one run each, \(run.isa) on \(threads)", "",
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
}

/// Compares frame by frame.
struct Evaluation {
  private let file: ModelFile
  private let reference: Reference
  private var pictures: [EvaluationReport.Picture] = []
  private var noise: LayerNoise
  private let seen: Set<String>?

  /// - Parameter seen: Checksums of the maps that the model was calibrated with, if its file has them.
  init(file: ModelFile, reference: Reference, seen: [String]?) {
    self.seen = seen.map { Set($0) }
    self.file = file
    self.reference = reference
    noise = LayerNoise(file.model)
  }

  mutating func compare(_ map: LabelMap, style: [Float], name: String, with runtime: inout Runtime)
    throws(Failure)
  {
    var tensors: [Site: Tensor] = [:]
    let expected = reference.picture(labels: map, style: style.isEmpty ? nil : style) { site, tensor in
      if site.layerName != nil { tensors[site] = tensor }
    }.rgb8()
    var noise = noise
    let frame = try runtime.frame(map, style: style, path: file.path) { runtime, step in
      noise.add(step, of: runtime, tensors: tensors)
    }
    self.noise = noise
    pictures.append(
      EvaluationReport.Picture(
        name: name, psnr: Metrics.psnr(expected, frame.picture),
        ssim: Metrics.ssim(expected, frame.picture, width: map.width, height: map.height),
        maxError: Metrics.maxError(expected, frame.picture), seconds: frame.seconds,
        seen: seen.map { $0.contains(map.checksum) }))
  }

  /// - Precondition: At least one picture was compared.
  func report(run: EvaluationReport.Run, sources: SourceReport?) -> EvaluationReport {
    let count = Double(pictures.count)
    return EvaluationReport(
      model: file.path, run: run, pictures: pictures,
      mean: EvaluationReport.Mean(
        psnr: pictures.reduce(0) { $0 + $1.psnr } / count, ssim: pictures.reduce(0) { $0 + $1.ssim } / count,
        maxError: pictures.reduce(0) { $0 + Double($1.maxError) } / count),
      layers: noise.layers, unreadLayers: noise.unread, sources: sources)
  }
}
