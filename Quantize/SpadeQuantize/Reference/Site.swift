/// A place in the generator where a tensor appears, in the words of the checkpoint.
///
/// Within a block the order is that of execution: the learned shortcut, where there is one, comes first.
public enum Site: Hashable, Sendable {
  /// The first grid, `[16 · channelUnit, firstGridHeight, firstGridWidth]`.
  case first
  /// `relu(mlp_shared(labels))` of a SPADE layer, for example `up_0.norm_s`.
  case hidden(String)
  /// What the depthwise convolutions of a layer with separable ones make, normalised: for γ, then for β.
  case features(String)
  case gamma(String)
  case beta(String)
  /// `n(x)` of a SPADE layer.
  case normalized(String)
  /// What the convolution after a SPADE layer reads: behind the leaky relu for `norm_0` and `norm_1`,
  /// without activation for `norm_s`. For `conv_img` what the picture's convolution reads.
  case modulated(String)
  /// A block convolution's output, for example `up_0.conv_1`, before the residual is added.
  case convolution(String)
  /// A block's output.
  case block(String)
  /// The picture before tanh.
  case picture

  /// The layer of a model file that makes the tensor, where it is one between layers, or the picture: a block for its last
  /// convolution, which adds the residual.
  public var layerName: String? {
    switch self {
    case .first: "fc"
    case .convolution(let name): name.hasSuffix(".conv_1") ? nil : name
    case .block(let name): name
    case .picture: "conv_img"
    case .hidden, .features, .gamma, .beta, .normalized, .modulated: nil
    }
  }
}
