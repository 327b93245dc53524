import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// Compares a model's pictures with those of its checkpoint in float32, frame by frame.
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

  /// - Parameter instancesChecksum: Of the file of the map's borders, if they are read.
  /// - Returns: Both pictures.
  mutating func compare(
    _ map: LabelMap, style: [Float], name: String, instancesChecksum: String?, with runtime: inout Runtime
  ) throws(Failure) -> ComparedPictures {
    var tensors: [Site: Tensor] = [:]
    let expected = reference.picture(labels: map, style: style.isEmpty ? nil : style) { site, tensor in
      if site.layerName != nil { tensors[site] = tensor }
    }.rgb8()
    let checksum = map.checksum
    var noise = noise
    let frame = try runtime.frame(map, style: style, path: file.path) { runtime, step in
      noise.add(step, of: runtime, tensors: tensors)
    }
    self.noise = noise
    pictures.append(
      EvaluationReport.Picture(
        name: name, checksum: checksum, instancesChecksum: instancesChecksum,
        psnr: Metrics.psnr(expected, frame.picture),
        ssim: Metrics.ssim(expected, frame.picture, width: map.width, height: map.height),
        maxError: Metrics.maxError(expected, frame.picture), seconds: frame.seconds,
        seen: seen.map { $0.contains(checksum) }))
    return ComparedPictures(
      width: map.width, height: map.height, expected: expected, painted: frame.picture)
  }

  /// - Precondition: At least one picture was compared.
  func report(run: EvaluationReport.Run, sources: SourceReport?) -> EvaluationReport {
    let all = EvaluationReport.Part(pictures)
    let unseen = pictures.filter { $0.seen == false }
    return EvaluationReport(
      model: file.path, run: run, pictures: pictures, mean: all.mean, worst: all.worst,
      unseen: unseen.isEmpty || unseen.count == all.count ? nil : EvaluationReport.Part(unseen),
      layers: noise.layers, unreadLayers: noise.unread, sources: sources)
  }
}
