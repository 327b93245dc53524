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
