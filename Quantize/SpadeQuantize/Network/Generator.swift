/// A convolution in float32: `output[o] = bias[o] + Σ weight[o, i, y, x] · input[i, …]`.
public struct Convolution: Sendable {
  /// The checkpoint's prefix, for example `up_0.conv_1`.
  public var name: String
  public var outputChannelCount: Int
  public var inputChannelCount: Int
  /// Side of the square kernel, in taps.
  public var kernelSize: Int
  /// Shape `[outputChannelCount, inputChannelCount, kernelSize, kernelSize]`; spectral norm already divided out.
  public var weight: [Float]
  /// Shape `[outputChannelCount]`; zeros where the checkpoint has none.
  public var bias: [Float]

  public init(
    name: String, outputChannelCount: Int, inputChannelCount: Int, kernelSize: Int, weight: [Float],
    bias: [Float]
  ) {
    self.name = name
    self.outputChannelCount = outputChannelCount
    self.inputChannelCount = inputChannelCount
    self.kernelSize = kernelSize
    self.weight = weight
    self.bias = bias
  }
}

/// A spatially-adaptive normalisation: `y = n(x) · (1 + γ) + β`, γ and β convolved from the label map.
public struct SpadeLayer: Sendable {
  /// The checkpoint's prefix, for example `up_0.norm_s`.
  public var name: String
  /// Label map (one-hot) to hidden channels, followed by relu.
  public var shared: Convolution
  public var gamma: Convolution
  public var beta: Convolution
  /// Batch statistics, shape `[channels]`; `nil` for instance norm.
  public var statistics: BatchStatistics?

  public struct BatchStatistics: Sendable {
    public var mean: [Float]
    public var variance: [Float]

    public init(mean: [Float], variance: [Float]) {
      self.mean = mean
      self.variance = variance
    }
  }

  public init(
    name: String, shared: Convolution, gamma: Convolution, beta: Convolution, statistics: BatchStatistics?
  ) {
    self.name = name
    self.shared = shared
    self.gamma = gamma
    self.beta = beta
    self.statistics = statistics
  }

  /// Channels being normalised.
  public var channelCount: Int { gamma.outputChannelCount }
  /// Added to the variance before the square root.
  public static let epsilon: Float = 1e-5
}

/// A residual block: `shortcut(x) + conv_1(lrelu(norm_1(conv_0(lrelu(norm_0(x))))))`.
public struct Block: Sendable {
  public var shape: BlockShape
  public var norm0: SpadeLayer
  public var conv0: Convolution
  public var norm1: SpadeLayer
  public var conv1: Convolution
  /// The learned 1×1 shortcut and its SPADE layer, where the block changes its channel count.
  public var shortcut: (norm: SpadeLayer, conv: Convolution)?

  public init(
    shape: BlockShape, norm0: SpadeLayer, conv0: Convolution, norm1: SpadeLayer, conv1: Convolution,
    shortcut: (norm: SpadeLayer, conv: Convolution)?
  ) {
    self.shape = shape
    self.norm0 = norm0
    self.conv0 = conv0
    self.norm1 = norm1
    self.conv1 = conv1
    self.shortcut = shortcut
  }
}

/// The whole SPADE generator in float32, spectral norm folded: what the compiler and the reference read.
public struct Generator: Sendable {
  /// Slope of every leaky relu for negative inputs.
  public static let negativeSlope: Float = 0.2

  public var configuration: GeneratorConfiguration
  /// The first layer: a 3×3 convolution of the label map at the first grid, or, with a style input, a linear
  /// layer written as a 1×1 convolution from `styleCount` to `16 · channelUnit · firstGridHeight · firstGridWidth`
  /// channels (channel-major, then rows, then columns).
  public var first: Convolution
  public var blocks: [Block]
  /// 3×3 to three channels, before tanh.
  public var picture: Convolution

  public init(
    configuration: GeneratorConfiguration, first: Convolution, blocks: [Block], picture: Convolution
  ) {
    self.configuration = configuration
    self.first = first
    self.blocks = blocks
    self.picture = picture
  }
}

/// The style encoder in float32, spectral norm folded: a photo to the mean and log-variance of its style.
public struct StyleEncoder: Sendable {
  /// Six 3×3, stride 2 convolutions without bias (zero here), each followed by instance norm.
  public var layers: [Convolution]
  /// 1×1 convolutions over the flattened `[C, 4, 4]` of the last layer.
  public var mean: Convolution
  public var logVariance: Convolution

  /// Side of the square photo the encoder reads, in pixels.
  public static let photoSize = 256

  public init(layers: [Convolution], mean: Convolution, logVariance: Convolution) {
    self.layers = layers
    self.mean = mean
    self.logVariance = logVariance
  }
}
