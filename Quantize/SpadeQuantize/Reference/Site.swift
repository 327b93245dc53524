/// A place in the generator where a tensor appears, in the words of the checkpoint.
///
/// Within a block the order is that of execution: the learned shortcut, where there is one, comes first.
public enum Site: Hashable, Sendable {
  /// The first grid, `[16 · channelUnit, firstGridHeight, firstGridWidth]`.
  case first
  /// `relu(mlp_shared(labels))` of a SPADE layer, for example `up_0.norm_s`.
  case hidden(String)
  case gamma(String)
  case beta(String)
  /// `n(x)` of a SPADE layer.
  case normalized(String)
  /// What the convolution after a SPADE layer reads: behind the leaky relu for `norm_0` and `norm_1`,
  /// without activation for `norm_s`.
  case modulated(String)
  /// A block convolution's output, for example `up_0.conv_1`, before the residual is added.
  case convolution(String)
  /// A block's output.
  case block(String)
  /// The picture before tanh.
  case picture
}
