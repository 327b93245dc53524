/// What a generator's tensors say about it, before any option is looked at.
struct TensorFacts {
  var inputChannelCount: Int
  var channelUnit: Int
  var hiddenChannelCount: Int
  var kernelSize: Int
  var normalization: GeneratorConfiguration.Normalization
  var hasSpectralNorm: Bool
  /// Whether `up_4` is there, which only `most` upsampling has.
  var hasFifthStage: Bool
  var styleCount: Int?
  /// Cells of the first grid; only a generator with a style input stores them.
  var firstGridCellCount: Int?

  init(_ checkpoint: Checkpoint) throws(ConfigurationError) {
    hasSpectralNorm =
      checkpoint["head_0.conv_0.weight_orig"] != nil && checkpoint["head_0.conv_0.weight_v"] != nil
    hasFifthStage = checkpoint.names.contains { $0.hasPrefix("up_4.") }
    normalization =
      checkpoint["head_0.norm_0.param_free_norm.running_mean"] != nil ? .batch : .instance

    let widest = hasSpectralNorm ? "head_0.conv_0.weight_orig" : "head_0.conv_0.weight"
    let rows = try Self.shape(widest, rank: 4, checkpoint)[0]
    guard rows.isMultiple(of: 16) else {
      throw .wrongMultiple(tensor: widest, found: rows, of: 16)
    }
    channelUnit = rows / 16
    try Self.check(.channelUnit, channelUnit, 1...1024)
    if hasFifthStage && !channelUnit.isMultiple(of: 2) { throw .oddChannelUnit(found: channelUnit) }

    let shared = try Self.shape("head_0.norm_0.mlp_shared.0.weight", rank: 4, checkpoint)
    hiddenChannelCount = shared[0]
    inputChannelCount = shared[1]
    kernelSize = shared[2]
    try Self.check(.hiddenChannelCount, hiddenChannelCount, 1...4096)
    try Self.check(.kernelSize, kernelSize, 1...7)
    guard !kernelSize.isMultiple(of: 2) else { throw .evenKernel(found: kernelSize) }

    guard let first = checkpoint["fc.weight"] else { throw .missingTensor(name: "fc.weight") }
    guard first.shape.count == 2 else { return }
    guard first.shape[0] > 0, first.shape[0].isMultiple(of: 16 * channelUnit) else {
      throw .wrongMultiple(tensor: "fc.weight", found: first.shape[0], of: 16 * channelUnit)
    }
    try Self.check(.styleCount, first.shape[1], 1...65536)
    styleCount = first.shape[1]
    firstGridCellCount = first.shape[0] / (16 * channelUnit)
  }

  static func check(
    _ quantity: ConfigurationError.Quantity, _ value: Int, _ bounds: ClosedRange<Int>
  ) throws(ConfigurationError) {
    guard bounds.contains(value) else {
      throw .outOfBounds(
        quantity: quantity, found: value, lowest: bounds.lowerBound, highest: bounds.upperBound)
    }
  }

  private static func shape(
    _ name: String, rank: Int, _ checkpoint: Checkpoint
  ) throws(ConfigurationError) -> [Int] {
    guard let info = checkpoint[name] else { throw .missingTensor(name: name) }
    guard info.shape.count == rank else {
      throw .wrongRank(tensor: name, found: info.shape, wanted: rank)
    }
    return info.shape
  }
}
