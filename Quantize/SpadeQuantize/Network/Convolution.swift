/// A convolution in float32: `output[o] = bias[o] + Σ weight[o, i, y, x] · input[i, …]`.
public struct Convolution: Sendable {
  /// The checkpoint's prefix, for example `up_0.conv_1`.
  public var name: String
  public var outputChannelCount: Int
  public var inputChannelCount: Int
  /// Side of the square kernel, in taps.
  public var kernelSize: Int
  /// Shape `[outputChannelCount, inputChannelCount, kernelSize, kernelSize]`; spectral norm already divided out.
  public var weight: [Float]
  /// Shape `[outputChannelCount]`; zeros where the checkpoint has none.
  public var bias: [Float]

  public init(
    name: String, outputChannelCount: Int, inputChannelCount: Int, kernelSize: Int, weight: [Float],
    bias: [Float]
  ) {
    self.name = name
    self.outputChannelCount = outputChannelCount
    self.inputChannelCount = inputChannelCount
    self.kernelSize = kernelSize
    self.weight = weight
    self.bias = bias
  }
}
