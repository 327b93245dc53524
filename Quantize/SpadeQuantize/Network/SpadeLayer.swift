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
