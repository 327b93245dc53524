/// A spatially-adaptive normalisation: `y = n(x) · (1 + γ) + β`, with γ and β made from the label map.
public struct SpadeLayer: Sendable {
  /// The checkpoint's prefix, for example `up_0.norm_s`.
  public var name: String
  /// What makes γ and β.
  public var modulation: Modulation
  /// Batch statistics, shape `[channels]`; `nil` for instance norm.
  public var statistics: BatchStatistics?

  public struct BatchStatistics: Sendable {
    public var mean: [Float]
    public var variance: [Float]
    /// The checkpoint's name for them, behind the layer's.
    public var name: String

    public init(mean: [Float], variance: [Float], name: String = "param_free_norm") {
      self.name = name
      self.mean = mean
      self.variance = variance
    }
  }

  public init(name: String, modulation: Modulation, statistics: BatchStatistics?) {
    self.name = name
    self.modulation = modulation
    self.statistics = statistics
  }

  /// Channels being normalised.
  public var channelCount: Int { modulation.channelCount }
  /// Channels that the layer makes: with instance borders a class-adaptive one appends a channel to those it normalises.
  public var outputChannelCount: Int { channelCount + (modulation.appendsChannel ? 1 : 0) }
  /// Added to the variance before the square root.
  public static let epsilon: Float = 1e-5
}

extension SpadeLayer {
  /// The layer of SPADE itself.
  public init(
    name: String, shared: Convolution, gamma: Convolution, beta: Convolution, statistics: BatchStatistics?
  ) {
    self.init(
      name: name, modulation: .dense(DenseModulation(shared: shared, gamma: gamma, beta: beta)),
      statistics: statistics)
  }
}
