/// What a generator's tensors say about it, before any option is looked at.
struct TensorFacts {
  /// Labels, borders and, where the style goes along with them, the style.
  var inputChannelCount: Int
  var channelUnit: Int
  var hiddenChannelCount: Int
  var kernelSize: Int
  var normalization: GeneratorConfiguration.Normalization
  var hasSpectralNorm: Bool
  var layout: GeneratorConfiguration.Layout
  var modulation: GeneratorConfiguration.ModulationKind
  /// Whether `up_4` is there, which only `most` upsampling has.
  var hasFifthStage: Bool
  /// Whether the network reads instance borders, where the tensors tell.
  var hasEdges: Bool?
  var styleCount: Int?
  /// Cells of the first grid; only a generator with a linear layer for the style stores them.
  var firstGridCellCount: Int?

  /// - Throws: Also where the tensors are those of a relative that is not read.
  init(_ checkpoint: Checkpoint) throws(ConfigurationError) {
    if let relative = UnreadRelative(checkpoint) { throw .unreadRelative(relative) }
    let isOasis = checkpoint.names.contains { $0.hasPrefix("body.0.") }
    let block = isOasis ? "body.0" : "head_0"
    let norm = "\(block).norm_0"
    hasSpectralNorm =
      checkpoint["\(block).conv_0.weight_orig"] != nil && checkpoint["\(block).conv_0.weight_v"] != nil
    hasFifthStage = checkpoint.names.contains { $0.hasPrefix("up_4.") }
    let statistics = isOasis ? "first_norm" : "param_free_norm"
    normalization = checkpoint["\(norm).\(statistics).running_mean"] != nil ? .batch : .instance

    if let table = checkpoint["\(norm).class_specified_affine.weight"] {
      guard table.shape.count == 2 else {
        throw .wrongRank(tensor: "\(norm).class_specified_affine.weight", found: table.shape, wanted: 2)
      }
      modulation = .classTable
      let readsBorders = checkpoint["\(norm).inst_conv.weight"] != nil
      hasEdges = readsBorders
      inputChannelCount = table.shape[0] + (readsBorders ? 1 : 0)
      hiddenChannelCount = 0
      kernelSize = 1
    } else {
      let isSeparable = checkpoint["\(norm).mlp_gamma.conv.0.weight"] != nil
      modulation = isSeparable ? .separable(hasInstanceNorm: true) : .dense
      let shared = try Self.shape("\(norm).mlp_shared.0.weight", rank: 4, checkpoint)
      hiddenChannelCount = shared[0]
      inputChannelCount = shared[1]
      kernelSize = shared[2]
      try Self.check(.hiddenChannelCount, hiddenChannelCount, 1...4096)
      try Self.check(.kernelSize, kernelSize, 1...7)
      guard !kernelSize.isMultiple(of: 2) else { throw .evenKernel(found: kernelSize) }
    }

    layout = isOasis ? .oasis : .official
    guard let first = checkpoint["fc.weight"] else { throw .missingTensor(name: "fc.weight") }
    if case .separable = modulation {
      let counts = try Self.channelCounts(checkpoint)
      layout = .compressed(counts)
      channelUnit = counts[0]
      hiddenChannelCount = 2 * (counts.values.dropFirst().max() ?? 0)
    } else {
      // Weights of the first block, whose three channel counts are one.
      let weight = hasSpectralNorm ? "\(block).conv_0.weight_orig" : "\(block).conv_0.weight"
      channelUnit = try Self.unit(of: weight, multiple: 16, checkpoint)
    }
    try Self.check(.channelUnit, channelUnit, 1...1024)
    if hasFifthStage && !channelUnit.isMultiple(of: 2) { throw .oddChannelUnit(found: channelUnit) }
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

  /// c₀ … c₇, from the first layer and the first convolution of each block.
  private static func channelCounts(
    _ checkpoint: Checkpoint
  ) throws(ConfigurationError) -> GeneratorConfiguration.ChannelCounts {
    var counts = [try unit(of: "fc.weight", multiple: 16, checkpoint)]
    let blocks = [
      ("head_0", 16), ("G_middle_0", 16), ("G_middle_1", 16), ("up_0", 8), ("up_1", 4), ("up_2", 2),
      ("up_3", 1),
    ]
    for (name, multiple) in blocks {
      let plain = "\(name).conv_0.weight"
      let weight = checkpoint[plain + "_orig"] == nil ? plain : plain + "_orig"
      counts.append(try unit(of: weight, multiple: multiple, checkpoint))
    }
    for count in counts { try check(.channelUnit, count, 1...1024) }
    return GeneratorConfiguration.ChannelCounts(counts)
  }

  /// A weight's rows, divided by `multiple`.
  private static func unit(
    of tensor: String, multiple: Int, _ checkpoint: Checkpoint
  ) throws(ConfigurationError) -> Int {
    let rows = try shape(tensor, rank: 4, checkpoint)[0]
    guard rows.isMultiple(of: multiple) else {
      throw .wrongMultiple(tensor: tensor, found: rows, of: multiple)
    }
    return rows / multiple
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
