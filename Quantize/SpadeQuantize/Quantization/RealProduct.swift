import SpadeModel

/// A linear map in real numbers, ready to become weight panels.
struct RealProduct {
  /// Output columns that mean something.
  var columnCount: Int
  /// Input channels that mean something.
  var channelCount: Int
  /// Side of the kernel.
  var kernelSize: Int
  /// `[columnCount][channelCount][kernelSize²]`.
  var weight: [Float]
  /// `[columnCount]`.
  var bias: [Float]
  /// `[channelCount]`: real value of one input code, and the code of 0.0.
  var inputScale: [Float]
  var inputZero: [Int]

  /// What calibration saw of the inputs, in real numbers.
  var inputs: InputMoments?

  var tapCount: Int { kernelSize * kernelSize }
  var inputCount: Int { channelCount * tapCount }
}

extension RealProduct {
  /// A convolution of codes.
  init(_ convolution: Convolution, codes: CodeScales, inputs: InputMoments?) {
    self.init(
      columnCount: convolution.outputChannelCount, channelCount: convolution.inputChannelCount,
      kernelSize: convolution.kernelSize, weight: convolution.weight, bias: convolution.bias,
      inputScale: codes.scale, inputZero: codes.zero, inputs: inputs)
  }

  /// The first tensor from a style vector: columns `[pixel][channel]`, channels padded. The checkpoint lists them channel by
  /// channel, the runtime stores them pixel by pixel.
  /// - Parameters:
  ///   - layer: Linear, to `channelCount` · `pixelCount` values.
  ///   - paddedCount: Columns of a pixel, where that is more than the channels padded.
  init(styleLayer layer: Convolution, channelCount: Int, paddedCount: Int? = nil, pixelCount: Int) {
    let count = layer.inputChannelCount
    let padded = paddedCount ?? ModelFormat.padded(channelCount, to: ModelFormat.channelBlock)
    var weight = [Float](repeating: 0, count: pixelCount * padded * count)
    var bias = [Float](repeating: 0, count: pixelCount * padded)
    for pixel in 0..<pixelCount {
      for channel in 0..<channelCount {
        let source = channel * pixelCount + pixel
        let target = pixel * padded + channel
        bias[target] = layer.bias[source]
        for position in 0..<count {
          weight[target * count + position] = layer.weight[source * count + position]
        }
      }
    }
    self.init(
      columnCount: pixelCount * padded, channelCount: count, kernelSize: 1, weight: weight, bias: bias,
      inputScale: [Float](repeating: 1 / ModelFormat.styleScale, count: count),
      inputZero: [Int](repeating: 0, count: count))
  }
}
