/// The whole SPADE generator in float32, spectral norm folded: what the compiler and the reference read.
public struct Generator: Sendable {
  /// Slope of every leaky relu for negative inputs.
  public static let negativeSlope: Float = 0.2

  public var configuration: GeneratorConfiguration
  /// The first layer: a 3×3 convolution of the label map at the first grid, or, with a style input, a linear
  /// layer written as a 1×1 convolution from `styleCount` to `16 · channelUnit · firstGridHeight · firstGridWidth`
  /// channels (channel-major, then rows, then columns).
  public var first: Convolution
  /// The part of a style that goes along with the labels, in the first layer; without bias.
  public var firstStyle: Convolution?
  public var blocks: [Block]
  /// 3×3 to three channels, before tanh.
  public var picture: Convolution

  public init(
    configuration: GeneratorConfiguration, first: Convolution, firstStyle: Convolution? = nil,
    blocks: [Block], picture: Convolution
  ) {
    self.configuration = configuration
    self.first = first
    self.firstStyle = firstStyle
    self.blocks = blocks
    self.picture = picture
  }
}
