import Glibc

/// The style encoder in float32: a photo to the distribution of its style.
public struct EncoderReference: Sendable {
  private let encoder: StyleEncoder

  /// - Precondition: The weights have the shapes that `StyleEncoder` states.
  public init(_ encoder: StyleEncoder) {
    self.encoder = encoder
  }

  /// - Parameter photo: Shape `[3, 256, 256]`, values in `-1...1`.
  /// - Returns: Two vectors of the style's length.
  public func distribution(photo: [Float]) -> (mean: [Float], logVariance: [Float]) {
    var activation = Tensor(
      channelCount: 3, height: StyleEncoder.photoSize, width: StyleEncoder.photoSize, values: photo)
    for layer in encoder.layers {
      activation = layer.applied(to: activation, stride: 2)
      activation = ChannelStatistics(measuring: activation).normalized(activation)
      activation.rectify(slope: Generator.negativeSlope)
    }
    let flat = activation.reshaped(channelCount: activation.values.count, height: 1, width: 1)
    return (encoder.mean.applied(to: flat).values, encoder.logVariance.applied(to: flat).values)
  }

  /// `mean + exp(logVariance / 2) · noise`, the style vector.
  ///
  /// - Precondition: The three vectors have one length; `noise` is standard normal.
  public static func style(mean: [Float], logVariance: [Float], noise: [Float]) -> [Float] {
    mean.indices.map { mean[$0] + exp(logVariance[$0] / 2) * noise[$0] }
  }
}
