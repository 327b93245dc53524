/// One residual block of the generator: its place, not its weights.
public struct BlockShape: Equatable, Sendable {
  /// The checkpoint's name: `head_0`, `G_middle_0`, … `up_3`, or `body.0`.
  public var name: String
  public var inputChannelCount: Int
  /// Channels between the two 3×3 convolutions.
  public var middleChannelCount: Int
  public var outputChannelCount: Int
  /// Channels between the label map and γ, β; 0 where there are none.
  public var hiddenChannelCount: Int
  /// Whether the block reads its input at twice the resolution it was written at (nearest neighbour).
  public var doubles: Bool
  /// Output size in pixels.
  public var width: Int
  public var height: Int

  /// Whether the shortcut is `conv_s(norm_s(x))` rather than `x`.
  public var hasLearnedShortcut: Bool
}
