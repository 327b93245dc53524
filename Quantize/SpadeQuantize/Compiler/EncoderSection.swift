import SpadeModel

/// The style encoder inside a model file: int8 weights as `EncoderLayout` says. The log-variance stays behind, because a
/// style is the mean.
enum EncoderSection {
  static func bytes(_ encoder: StyleEncoder) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, convolution) in encoder.layers.enumerated() {
      append(index == 0 ? first(convolution) : product(convolution), to: &bytes)
    }
    append(product(encoder.mean), to: &bytes)
    append(padded(encoder.mean.bias), to: &bytes)
    return bytes
  }

  /// The photo's 3×3 pixels as 27 channels of one pixel, tap by tap; their codes are x · 255.
  private static func first(_ convolution: Convolution) -> QuantizedProduct {
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
    return QuantizedProduct(
      real(
        columnCount: convolution.outputChannelCount, channelCount: taps * inputs, kernelSize: 1,
        weight: weight, codesPerUnit: 255))
  }

  /// A 3×3 convolution, or the linear layer as a convolution of the last square with a kernel of its size.
  private static func product(_ convolution: Convolution) -> QuantizedProduct {
    let isLinear = convolution.kernelSize == 1
    let kernelSize =
      isLinear ? EncoderLayout.photoSide >> EncoderLayout.convolutionCount : convolution.kernelSize
    return QuantizedProduct(
      real(
        columnCount: convolution.outputChannelCount,
        channelCount: convolution.inputChannelCount / (isLinear ? kernelSize * kernelSize : 1),
        kernelSize: kernelSize, weight: convolution.weight, codesPerUnit: EncoderLayout.codesPerUnit))
  }

  private static func real(
    columnCount: Int, channelCount: Int, kernelSize: Int, weight: [Float], codesPerUnit: Float
  ) -> RealProduct {
    RealProduct(
      columnCount: columnCount, channelCount: channelCount, kernelSize: kernelSize, weight: weight,
      bias: [Float](repeating: 0, count: columnCount),
      inputScale: [Float](repeating: 1 / codesPerUnit, count: channelCount),
      inputZero: [Int](repeating: 0, count: channelCount))
  }

  private static func append(_ product: QuantizedProduct, to bytes: inout [UInt8]) {
    bytes += product.panels
    append(product.unit, to: &bytes)
  }

  private static func append(_ values: [Float], to bytes: inout [UInt8]) {
    values.withUnsafeBytes { bytes += $0 }
  }

  private static func padded(_ values: [Float]) -> [Float] {
    let count = ModelFormat.padded(values.count, to: ModelFormat.panelColumns)
    return values + [Float](repeating: 0, count: count - values.count)
  }
}
