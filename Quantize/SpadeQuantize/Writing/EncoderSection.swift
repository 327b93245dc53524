import SpadeModel

/// The style encoder inside a model file: int8 weights as `EncoderLayout` says. The log-variance stays behind, because a
/// style is the mean.
struct EncoderSection {
  private(set) var bytes: [UInt8] = []
  /// Channels after the first convolution.
  let channelUnit: Int

  /// - Throws: Where weights are so large that no scale stands for them.
  init(_ encoder: StyleEncoder) throws(QuantizationError) {
    channelUnit = encoder.layers.first?.outputChannelCount ?? 0
    for (index, convolution) in encoder.layers.enumerated() {
      let real = index == 0 ? RealProduct(photoLayer: convolution) : RealProduct(encoderLayer: convolution)
      try append(real, of: convolution)
    }
    try append(RealProduct(encoderLayer: encoder.mean), of: encoder.mean)
    let bias = encoder.mean.bias
    append(bias.padded(to: ModelFormat.padded(bias.count, to: ModelFormat.panelColumns)))
  }

  private mutating func append(_ real: RealProduct, of convolution: Convolution) throws(QuantizationError) {
    let product = try QuantizationError.naming(convolution.namedTensors) {
      () throws(ValueTooLarge) -> QuantizedProduct in
      let product = try QuantizedProduct(real)
      for unit in product.unit { _ = try ValueTooLarge.check(unit) }
      return product
    }
    bytes += product.panels
    append(product.unit)
  }

  private mutating func append(_ values: [Float]) { values.withUnsafeBytes { bytes += $0 } }
}

extension RealProduct {
  /// The photo's 3×3 pixels as 27 channels of one pixel, tap by tap; their codes are x · 255.
  fileprivate init(photoLayer convolution: Convolution) {
    let taps = convolution.kernelSize * convolution.kernelSize
    let inputs = convolution.inputChannelCount
    var weight: [Float] = []
    for column in 0..<convolution.outputChannelCount {
      for tap in 0..<taps {
        for channel in 0..<inputs {
          weight.append(convolution.weight[(column * inputs + channel) * taps + tap])
        }
      }
    }
    self.init(
      columnCount: convolution.outputChannelCount, channelCount: taps * inputs, kernelSize: 1,
      weight: weight, codesPerUnit: 255)
  }

  /// A 3×3 convolution, or the linear layer as a convolution of the last square with a kernel of its size.
  fileprivate init(encoderLayer convolution: Convolution) {
    let isLinear = convolution.kernelSize == 1
    let kernelSize =
      isLinear ? EncoderLayout.photoSide >> EncoderLayout.convolutionCount : convolution.kernelSize
    self.init(
      columnCount: convolution.outputChannelCount,
      channelCount: convolution.inputChannelCount / (isLinear ? kernelSize * kernelSize : 1),
      kernelSize: kernelSize, weight: convolution.weight, codesPerUnit: EncoderLayout.codesPerUnit)
  }

  /// Without biases, and with one scale for all channels.
  private init(columnCount: Int, channelCount: Int, kernelSize: Int, weight: [Float], codesPerUnit: Float) {
    self.init(
      columnCount: columnCount, channelCount: channelCount, kernelSize: kernelSize, weight: weight,
      bias: [Float](repeating: 0, count: columnCount),
      inputScale: [Float](repeating: 1 / codesPerUnit, count: channelCount),
      inputZero: [Int](repeating: 0, count: channelCount))
  }
}
