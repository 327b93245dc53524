extension Generator {
  /// Reads every tensor of the generator and divides the spectral norm out.
  /// - Parameter configuration: What `GeneratorConfiguration.detect` found for this checkpoint.
  /// - Throws: An error naming the tensor that is missing, unexpected, of another shape or not finite.
  public init(
    checkpoint: Checkpoint, configuration: GeneratorConfiguration
  ) throws(CheckpointError) {
    var state = StateDictionary(checkpoint)
    let firstCount = configuration.firstChannelCount
    if configuration.hasStyleLayer, let styleCount = configuration.styleCount {
      let cellCount = configuration.firstGridWidth * configuration.firstGridHeight
      first = try state.linear("fc", from: styleCount, to: firstCount * cellCount)
    } else {
      let layer = try state.labelConvolution("fc", to: firstCount, kernelSize: 3, configuration)
      (first, firstStyle) = (layer.labels, layer.style)
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
    let norm0 = try spadeLayer("\(name).norm_0", input, shape, configuration)
    let norm1 = try spadeLayer("\(name).norm_1", middle, shape, configuration)
    var block = Block(
      shape: shape, norm0: norm0,
      conv0: try convolution(
        "\(name).conv_0", from: norm0.outputChannelCount, to: middle, kernelSize: 3, form: form),
      norm1: norm1,
      conv1: try convolution(
        "\(name).conv_1", from: norm1.outputChannelCount, to: output, kernelSize: 3, form: form),
      shortcut: nil)
    if shape.hasLearnedShortcut {
      let norm = try spadeLayer("\(name).norm_s", input, shape, configuration)
      block.shortcut = (
        norm,
        try convolution(
          "\(name).conv_s", from: norm.outputChannelCount, to: output, kernelSize: 1, hasBias: false,
          form: form)
      )
    }
    return block
  }

  /// A convolution of the labels, and of the style where it goes along with them: the checkpoint has its channels first.
  fileprivate mutating func labelConvolution(
    _ name: String, to outputs: Int, kernelSize: Int, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> LabelConvolution {
    let labelCount = configuration.inputChannelCount
    let styleCount = configuration.styleJoinsLabels ? configuration.styleCount ?? 0 : 0
    let both = try convolution(name, from: styleCount + labelCount, to: outputs, kernelSize: kernelSize)
    guard styleCount > 0 else { return LabelConvolution(labels: both) }
    var (labels, style) = (both, both)
    (labels.inputChannelCount, style.inputChannelCount) = (labelCount, styleCount)
    let row = (styleCount + labelCount) * kernelSize * kernelSize
    let styleRow = styleCount * kernelSize * kernelSize
    (labels.weight, style.weight) = ([], [])
    for output in 0..<outputs {
      style.weight += both.weight[output * row..<output * row + styleRow]
      labels.weight += both.weight[output * row + styleRow..<(output + 1) * row]
    }
    style.bias = [Float](repeating: 0, count: outputs)
    return LabelConvolution(labels: labels, style: style)
  }

  private mutating func spadeLayer(
    _ name: String, _ channelCount: Int, _ shape: BlockShape, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> SpadeLayer {
    SpadeLayer(
      name: name, modulation: try modulation(name, channelCount, shape, configuration),
      statistics: configuration.normalization == .batch
        ? try statistics(name, channelCount, configuration) : nil)
  }

  private mutating func modulation(
    _ name: String, _ channelCount: Int, _ shape: BlockShape, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> Modulation {
    let hidden = shape.hiddenChannelCount
    let size = configuration.kernelSize
    switch configuration.modulation {
    case .classTable:
      let table = "\(name).class_specified_affine"
      let tableShape = [configuration.labelCount, channelCount]
      var border: ClassTable.Border?
      if configuration.hasEdges {
        border = ClassTable.Border(
          weight: try values("\(name).inst_conv.weight", [1, 1, 1, 1])[0],
          bias: try values("\(name).inst_conv.bias", [1])[0])
      }
      return .classTable(
        ClassTable(
          channelCount: channelCount, weight: try values("\(table).weight", tableShape),
          bias: try values("\(table).bias", tableShape), border: border))
    case .dense:
      return .dense(
        DenseModulation(
          shared: try labelConvolution("\(name).mlp_shared.0", to: hidden, kernelSize: size, configuration),
          gamma: try convolution("\(name).mlp_gamma", from: hidden, to: channelCount, kernelSize: size),
          beta: try convolution("\(name).mlp_beta", from: hidden, to: channelCount, kernelSize: size)))
    case .separable(let hasInstanceNorm):
      let shared = try convolution(
        "\(name).mlp_shared.0", from: configuration.inputChannelCount, to: hidden, kernelSize: size)
      let gamma = try separable("\(name).mlp_gamma", from: hidden, to: channelCount, kernelSize: size)
      let beta = try separable("\(name).mlp_beta", from: hidden, to: channelCount, kernelSize: size)
      return hasInstanceNorm
        ? .separable(SeparableModulation(shared: shared, gamma: gamma, beta: beta))
        : .dense(
          DenseModulation(
            shared: LabelConvolution(labels: shared), gamma: gamma.folded("\(name).mlp_gamma"),
            beta: beta.folded("\(name).mlp_beta")))
    }
  }

  private mutating func separable(
    _ name: String, from inputs: Int, to outputs: Int, kernelSize: Int
  ) throws(CheckpointError) -> SeparableConvolution {
    SeparableConvolution(
      depthwise: try convolution("\(name).conv.0", from: 1, to: inputs, kernelSize: kernelSize),
      pointwise: try convolution("\(name).conv.2", from: inputs, to: outputs, kernelSize: 1))
  }

  /// A compressed generator may have kept the statistics of all channels that it had before: its own come first.
  private mutating func statistics(
    _ name: String, _ channelCount: Int, _ configuration: GeneratorConfiguration
  ) throws(CheckpointError) -> SpadeLayer.BatchStatistics {
    let norm = "\(name).\(configuration.statisticsName)"
    let varianceName = "\(norm).running_var"
    let mean: [Float]
    let variance: [Float]
    if case .compressed = configuration.layout {
      mean = try firstValues("\(norm).running_mean", channelCount)
      variance = try firstValues(varianceName, channelCount)
    } else {
      mean = try values("\(norm).running_mean", [channelCount])
      variance = try values(varianceName, [channelCount])
    }
    if let index = variance.firstIndex(where: { $0 < 0 }) {
      throw .negativeVariance(tensor: varianceName, index: index, found: variance[index])
    }
    return SpadeLayer.BatchStatistics(mean: mean, variance: variance, name: configuration.statisticsName)
  }
}
