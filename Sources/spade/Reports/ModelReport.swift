import SpadeCost
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// What is in a model file: the facts behind `spade inspect`, as text and as JSON.
struct ModelReport: Encodable {
  struct Network: Encodable {
    let width: Int
    let height: Int
    let labelCount: Int
    let unknownLabel: Int?
    let hasEdges: Bool
    let styleCount: Int
    /// Whether the style goes along with the labels, as OASIS's noise does.
    let styleJoinsLabels: Bool
    let channelUnit: Int
    /// Of a compressed generator: its eight, as `config_str` has them.
    let channels: [Int]?
    let hiddenChannelCount: Int
    let kernelSize: Int
    let doublingCount: Int
    let normalization: String
    /// Whose generator it is, and the setting that they published one of its shape for; none in older files.
    let family: String?
    let publishedSetting: String?
  }

  struct Encoder: Encodable {
    let channelUnit: Int
    let byteCount: Int
    /// Of one photo.
    let multiplyAdds: Int
  }

  struct Section: Encodable {
    let name: String
    let byteCount: Int
  }

  let path: String
  let formatVersion: Int
  let byteCount: Int
  /// XXH64 of the file, in hexadecimal.
  let checksum: String
  let network: Network
  /// Of styles, where the file holds one.
  let encoder: Encoder?
  let provenance: ModelMetadata.Provenance
  let classes: [ModelMetadata.Class]
  let denseMultiplyAdds: Int
  /// With every distinct window computed once, on the busiest calibration map.
  let multiplyAdds: Int
  /// Products that kernels do for a picture, and which; `nil` where none was painted.
  private(set) var doneMultiplyAdds: Int?
  private(set) var donePicture: String?
  let arenas: [ArenaSize]
  let planByteCount: Int
  let stepCount: Int
  let sections: [Section]
  let levels: [ModelMetadata.Level]
  /// The plans that the model's was chosen from, and with how many threads; none in older files.
  let plans: [ModelMetadata.PlanSize]?
  let planThreadCount: Int?
  private(set) var layers: [LayerReport]
  /// Layers whose A and B the next picture of the same map finds again, of those that have any.
  let keptLayerCount: Int
  let windowLayerCount: Int
  let buffers: [BufferReport]
  /// On a board, where one was asked for.
  var target: TargetReport?

  init(_ file: ModelFile) throws {
    let model = file.model
    let metadata = try ModelMetadata(of: file)
    let configuration = model.configuration
    path = file.path
    formatVersion = Int(ModelFormat.version)
    byteCount = file.byteCount
    checksum = file.checksum.hexadecimal
    classes = metadata.classes
    denseMultiplyAdds = model.denseMultiplyAdds
    layers = LayerReport.layers(of: model, metadata)
    network = Network(
      width: model.width, height: model.height, labelCount: model.labelCount,
      unknownLabel: model.unknownLabel,
      hasEdges: model.hasEdges, styleCount: model.styleCount,
      styleJoinsLabels: model.hasStyleBias,
      channelUnit: Int(configuration.channelUnit),
      channels: metadata.network?.family == GeneratorConfiguration.Family.ganCompression.rawValue
        ? Self.channels(of: layers) : nil,
      hiddenChannelCount: Int(configuration.hiddenChannelCount),
      kernelSize: Int(configuration.kernelSize), doublingCount: Int(configuration.doublingCount),
      normalization: configuration.normalization == 0 ? "batch" : "instance",
      family: metadata.network?.family, publishedSetting: metadata.network?.publishedSetting)
    encoder = model.encoder.map {
      Encoder(channelUnit: $0.channelUnit, byteCount: $0.byteCount, multiplyAdds: $0.multiplyAddCount)
    }
    provenance = metadata.provenance
    multiplyAdds = layers.reduce(0) { $0 + $1.multiplyAdds }
    arenas = file.arenas
    planByteCount = model.planByteCount
    stepCount = model.stepCount
    sections =
      [Section(name: "header", byteCount: ModelFormat.headerByteCount)]
      + (0..<SpadeModel.Section.count).compactMap { SpadeModel.Section(rawValue: $0) }
      .map { Section(name: $0.name, byteCount: model.section($0).count) }
    levels = metadata.levels
    plans = metadata.plans
    planThreadCount = metadata.planThreadCount
    (windowLayerCount, keptLayerCount) = model.windowLayers
    buffers = BufferReport.buffers(of: model)
  }

  /// c₀ … c₇ of a compressed generator, from what its first layer and the first convolution of each block make.
  private static func channels(of layers: [LayerReport]) -> [Int]? {
    let units = [
      ("fc", 16), ("head_0.conv_0", 16), ("G_middle_0.conv_0", 16), ("G_middle_1.conv_0", 16),
      ("up_0.conv_0", 8), ("up_1.conv_0", 4), ("up_2.conv_0", 2), ("up_3.conv_0", 1),
    ]
    let found = units.compactMap { name, multiple in
      layers.first { $0.name == name && ($0.kind == .convolution || $0.kind == .labelConvolution) }
        .map { $0.channels / multiple }
    }
    return found.count == units.count ? found : nil
  }

  /// Notes what kernels do for a picture.
  /// - Parameters:
  ///   - costs: Of each step.
  ///   - picture: What a sentence calls it, and whose kernels.
  mutating func add(_ costs: [StepCost], of model: Model, picture: String) {
    LayerReport.add(costs, of: model, to: &layers)
    doneMultiplyAdds = costs.reduce(0) { $0 + $1.productCount }
    donePicture = picture
  }
}
