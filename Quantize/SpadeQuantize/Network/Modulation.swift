/// What makes γ and β of a SPADE layer.
public enum Modulation: Sendable {
  /// Two convolutions of hidden activations.
  case dense(DenseModulation)
  /// Two depthwise separable convolutions of hidden activations, with an instance norm inside.
  case separable(SeparableModulation)
  /// A row of two tables for each class.
  case classTable(ClassTable)

  /// Channels being normalised.
  public var channelCount: Int {
    switch self {
    case .dense(let dense): dense.gamma.outputChannelCount
    case .separable(let separable): separable.gamma.pointwise.outputChannelCount
    case .classTable(let table): table.channelCount
    }
  }

  /// Whether the layer makes one channel more than it normalises.
  var appendsChannel: Bool {
    if case .classTable(let table) = self { table.border != nil } else { false }
  }
}

/// A convolution of the one-hot label map, in OASIS with the style beside it at every pixel.
public struct LabelConvolution: Sendable {
  /// Of the labels, then maybe of the borders.
  public var labels: Convolution
  /// Of the style, without bias; `nil` where the style does not go along with the labels.
  public var style: Convolution?

  public init(labels: Convolution, style: Convolution? = nil) {
    self.labels = labels
    self.style = style
  }
}

/// `γ = gamma(relu(shared(labels)))`, and β alike.
public struct DenseModulation: Sendable {
  public var shared: LabelConvolution
  public var gamma: Convolution
  public var beta: Convolution

  public init(shared: LabelConvolution, gamma: Convolution, beta: Convolution) {
    self.shared = shared
    self.gamma = gamma
    self.beta = beta
  }

  public init(shared: Convolution, gamma: Convolution, beta: Convolution) {
    self.init(shared: LabelConvolution(labels: shared), gamma: gamma, beta: beta)
  }
}

/// γ and β of GAN Compression's generators: each is a depthwise convolution of `relu(shared(labels))`, an instance norm without
/// parameters over the map, and a 1×1 convolution. Without the norm the two convolutions are one, see `folded`.
///
/// Source: Li et al., "GAN Compression: Efficient Architectures for Interactive Conditional GANs", CVPR 2020.
public struct SeparableModulation: Sendable {
  /// Of the labels alone.
  public var shared: Convolution
  public var gamma: SeparableConvolution
  public var beta: SeparableConvolution

  public init(shared: Convolution, gamma: SeparableConvolution, beta: SeparableConvolution) {
    self.shared = shared
    self.gamma = gamma
    self.beta = beta
  }
}

/// Each channel with taps of its own, then all channels with each other.
public struct SeparableConvolution: Sendable {
  /// One input channel for each output channel: weights `[outputChannelCount, 1, kernelSize, kernelSize]`.
  public var depthwise: Convolution
  /// Of what the depthwise convolution makes; or, as a model file's rounded one has it, of what those of γ and β make, γ's first.
  public var pointwise: Convolution

  public init(depthwise: Convolution, pointwise: Convolution) {
    self.depthwise = depthwise
    self.pointwise = pointwise
  }

  /// Both as one convolution, where nothing lies between them: weight[o, i, tap] = pointwise[o, i] · depthwise[i, tap].
  func folded(_ name: String) -> Convolution {
    let (inputs, tapCount) = (depthwise.outputChannelCount, depthwise.kernelSize * depthwise.kernelSize)
    var folded = Convolution(
      name: name, outputChannelCount: pointwise.outputChannelCount, inputChannelCount: inputs,
      kernelSize: depthwise.kernelSize, weight: [], bias: [])
    folded.weight.reserveCapacity(pointwise.weight.count * tapCount)
    for output in 0..<pointwise.outputChannelCount {
      var bias = Double(pointwise.bias[output])
      for input in 0..<inputs {
        let factor = pointwise.weight[output * inputs + input]
        bias += Double(factor) * Double(depthwise.bias[input])
        for tap in 0..<tapCount { folded.weight.append(factor * depthwise.weight[input * tapCount + tap]) }
      }
      folded.bias.append(Float(bias))
    }
    return folded
  }
}

/// `y = n(x) · weight[class] + bias[class]`, without a 1 that is added to the weight.
///
/// Source: Tan et al., "Efficient Semantic Image Synthesis via Class-Adaptive Normalization", TPAMI 2021.
public struct ClassTable: Sendable {
  public var channelCount: Int
  /// `[labels][channelCount]`.
  public var weight: [Float]
  public var bias: [Float]
  /// With instance borders: a channel `weight · border + bias` that is appended to the others.
  public var border: Border?

  public struct Border: Sendable {
    public var weight: Float
    public var bias: Float

    public init(weight: Float, bias: Float) {
      self.weight = weight
      self.bias = bias
    }
  }

  public init(channelCount: Int, weight: [Float], bias: [Float], border: Border?) {
    self.channelCount = channelCount
    self.weight = weight
    self.bias = bias
    self.border = border
  }
}
