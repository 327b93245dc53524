import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// What `quantize` made and how far it is from float32, as text and as JSON.
struct QuantizationReport: Encodable {
  struct TestPicture: Encodable {
    /// In dB.
    let psnr: Double
    /// The instruction sets that paint it, all to the same bytes.
    let isas: [String]
  }

  struct Layer: Encodable {
    /// The norm whose values become codes, `conv_img` for the picture's.
    let name: String
    /// 0 … 1.
    let clippedShare: Double
  }

  let path: String
  let byteCount: Int
  let arenas: [ArenaSize]
  let denseMultiplyAdds: Int
  /// With every distinct window computed once, on the busiest calibration map.
  let multiplyAdds: Int
  let unseen: UnseenLoss
  /// Of the worst of the unseen maps, simulated in float32.
  let sourcesOfWorst: [LossCheck.Part]
  /// Of all values of the unseen maps that become codes, 0 … 1.
  let clippedShare: Double
  let layers: [Layer]
  /// Of a map that calibration saw.
  let testPicture: TestPicture
  /// Those that the model's plan was chosen from, and with how many threads.
  let plans: [ModelMetadata.PlanSize]?
  let planThreadCount: Int?
  /// In text, of the plan in use.
  private let curve: PlanCurve?

  /// Layers named at most.
  private static let namedLayerCount = 3

  private enum CodingKeys: String, CodingKey {
    case path, byteCount, arenas, denseMultiplyAdds, multiplyAdds, unseen, sourcesOfWorst, clippedShare,
      layers
    case testPicture, plans, planThreadCount
  }

  /// - Parameters:
  ///   - path: The model file's.
  ///   - threadCount: Of the board, or of this computer.
  init(path: String, _ trial: TrialRun, _ loss: LossCheck, threadCount: Int) throws {
    let model = trial.model
    let metadata = try ModelMetadata(of: model, path: TrialRun.name)
    self.path = path
    byteCount = trial.byteCount
    arenas = Set([1, threadCount]).sorted().map { ArenaSize(of: model, threadCount: $0) }
    denseMultiplyAdds = model.denseMultiplyAdds
    multiplyAdds = LayerReport.layers(of: model, metadata).reduce(0) { $0 + $1.multiplyAdds }
    unseen = loss.unseen
    sourcesOfWorst = loss.parts
    clippedShare = loss.clipped.share
    layers = loss.clipped.layers.map { Layer(name: $0.name, clippedShare: $0.share) }
    testPicture = TestPicture(psnr: loss.seenPSNR, isas: trial.kernelNames)
    (plans, planThreadCount) = (metadata.plans, metadata.planThreadCount)
    let planned = metadata.planThreadCount ?? 1
    curve = PlanCurve(
      metadata.plans ?? [], threadCount: planned,
      chosen: Runtime.arenaByteCount(model: model, threadCount: planned))
  }

  /// As a person reads it.
  var lines: [String] {
    let alone = zip(LossCheck.groups, sourcesOfWorst).map { "\($0.title) \($1.alone.fixed(1)) dB" }
    let worst = layers.filter { $0.clippedShare > 0 }.sorted { $0.clippedShare > $1.clippedShare }
      .prefix(Self.namedLayerCount)
    let named = worst.map { "\($0.name) \($0.clippedShare.percent) %" }.joined(separator: ", ")
    let share = worst.isEmpty ? "none" : "\(clippedShare.percent) %"
    return [
      "\(path): \(byteCount.grouped) bytes",
      "arena: \(arenas.map(\.summary).joined(separator: ", "))",
      "multiply-adds: \(denseMultiplyAdds.short) dense, \(multiplyAdds.short) distinct on the busiest calibration map",
    ] + unseen.lines + [
      "each error alone on the worst: \(alone.joined(separator: ", "))",
      "clipped: \(share) of the values of these \(unseen.pictures.count)"
        + (worst.isEmpty ? "" : "; most in \(named)"),
      "test picture, of a map that calibration saw: \(testPicture.psnr.fixed(1)) dB, the same bytes with "
        + testPicture.isas.listed,
    ] + (curve?.lines ?? [])
  }
}
