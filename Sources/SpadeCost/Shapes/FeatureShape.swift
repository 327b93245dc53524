import SpadeModel

/// The features of a SPADE layer with separable convolutions: a depthwise convolution of hidden activations for γ, and one for β.
public struct FeatureShape: Equatable, Sendable {
  /// Side of the depthwise kernels.
  public var kernelSize: Int
  /// Hidden channels, padding included, and those that mean something.
  public var hiddenChannels: Int
  public var usedChannels: Int

  public init(kernelSize: Int, hiddenChannels: Int, usedChannels: Int) {
    self.kernelSize = kernelSize
    self.hiddenChannels = hiddenChannels
    self.usedChannels = usedChannels
  }

  /// Multiply-adds of one outer window: of the channels that mean something, and of all.
  public var windowProductCount: Int { 2 * usedChannels * kernelSize * kernelSize }
  var paddedWindowProductCount: Int { 2 * hiddenChannels * kernelSize * kernelSize }

  var weightByteCount: Int {
    FeatureLayout(hiddenCount: hiddenChannels, tapCount: kernelSize * kernelSize).byteCount
  }
}

/// Means and variances of a norm's features over a whole map. Windows are numbered as often as it takes, and their hidden activations
/// made, unless they are there.
public struct StatisticsShape: Equatable, Sendable {
  public var width: Int
  public var table: TableShape
  public var features: FeatureShape

  public init(width: Int, table: TableShape, features: FeatureShape) {
    self.width = width
    self.table = table
    self.features = features
  }
}
