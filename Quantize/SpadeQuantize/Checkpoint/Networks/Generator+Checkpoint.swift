extension Generator {
  /// Reads every tensor of the generator and divides the spectral norm out.
  /// - Parameter configuration: What `GeneratorConfiguration.detect` found for this checkpoint.
  /// - Throws: An error naming the tensor that is missing, unexpected, of another shape or not finite.
  public init(
    checkpoint: Checkpoint, configuration: GeneratorConfiguration
  ) throws(CheckpointError) {
    var state = StateDictionary(checkpoint)
    let widest = 16 * configuration.channelUnit
    if let styleCount = configuration.styleCount {
      let cellCount = configuration.firstGridWidth * configuration.firstGridHeight
      first = try state.linear("fc", from: styleCount, to: widest * cellCount)
    } else {
      first = try state.convolution(
        "fc", from: configuration.inputChannelCount, to: widest, kernelSize: 3)
    }
    blocks = []
    for shape in configuration.blocks { blocks.append(try state.block(shape, configuration)) }
    picture = try state.convolution(
      "conv_img", from: configuration.lastChannelCount, to: 3, kernelSize: 3)
    try state.finish()
    self.configuration = configuration
  }
}

extension StateDictionary {
  fileprivate mutating func block(
    _ shape: BlockShape, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> Block {
    let name = shape.name
    let (input, middle, output) = (
      shape.inputChannelCount, shape.middleChannelCount, shape.outputChannelCount
    )
    let form: WeightForm = configuration.hasSpectralNorm ? .spectral : .divided
    var block = Block(
      shape: shape,
      norm0: try spadeLayer("\(name).norm_0", input, configuration),
      conv0: try convolution(
        "\(name).conv_0", from: input, to: middle, kernelSize: 3, form: form),
      norm1: try spadeLayer("\(name).norm_1", middle, configuration),
      conv1: try convolution(
        "\(name).conv_1", from: middle, to: output, kernelSize: 3, form: form),
      shortcut: nil)
    if shape.hasLearnedShortcut {
      block.shortcut = (
        try spadeLayer("\(name).norm_s", input, configuration),
        try convolution(
          "\(name).conv_s", from: input, to: output, kernelSize: 1, hasBias: false,
          form: form)
      )
    }
    return block
  }

  private mutating func spadeLayer(
    _ name: String, _ channelCount: Int, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> SpadeLayer {
    let hidden = configuration.hiddenChannelCount
    let size = configuration.kernelSize
    return SpadeLayer(
      name: name,
      shared: try convolution(
        "\(name).mlp_shared.0", from: configuration.inputChannelCount, to: hidden, kernelSize: size),
      gamma: try convolution("\(name).mlp_gamma", from: hidden, to: channelCount, kernelSize: size),
      beta: try convolution("\(name).mlp_beta", from: hidden, to: channelCount, kernelSize: size),
      statistics: configuration.normalization == .batch ? try statistics(name, channelCount) : nil)
  }

  private mutating func statistics(
    _ name: String, _ channelCount: Int
  ) throws(CheckpointError) -> SpadeLayer.BatchStatistics {
    let mean = try values("\(name).param_free_norm.running_mean", [channelCount])
    let varianceName = "\(name).param_free_norm.running_var"
    let variance = try values(varianceName, [channelCount])
    if let index = variance.firstIndex(where: { $0 < 0 }) {
      throw .negativeVariance(tensor: varianceName, index: index, found: variance[index])
    }
    return SpadeLayer.BatchStatistics(mean: mean, variance: variance)
  }
}
