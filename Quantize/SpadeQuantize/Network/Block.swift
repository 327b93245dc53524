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
