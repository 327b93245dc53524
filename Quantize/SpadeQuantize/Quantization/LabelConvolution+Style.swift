import SpadeModel

/// What a style adds to a convolution of the label map: a style is n independent normal values, the same at every pixel, and zero
/// outside the picture.
extension LabelConvolution {
  /// The standard deviation of what a style adds to each channel, where the border cuts the taps so that it is most. `nil`
  /// without style.
  var styleDeviations: [Float]? {
    guard let style else { return nil }
    let tapCount = style.kernelSize * style.kernelSize
    let kinds = (0..<ModelFormat.borderKindCount(kernelSize: style.kernelSize)).map { index in
      let kind = BorderKind(index, kernelSize: style.kernelSize)
      return (0..<tapCount).filter { kind.holds(tap: $0, kernelSize: style.kernelSize) }
    }
    return (0..<style.outputChannelCount).map { channel in
      let variances = kinds.map { taps in
        (0..<style.inputChannelCount).reduce(Float(0)) { variance, input in
          let first = (channel * style.inputChannelCount + input) * tapCount
          let sum = taps.reduce(Float(0)) { $0 + style.weight[first + $1] }
          return variance + sum * sum
        }
      }
      return (variances.max() ?? 0).squareRoot()
    }
  }
}

extension InputMoments {
  /// Of a style that goes along with the labels, over all pixels of a grid: its values have mean 0 and variance 1, and the taps of a
  /// channel read the same one, or the zero outside.
  init(styleOf convolution: Convolution, width: Int, height: Int) {
    let (side, radius) = (convolution.kernelSize, convolution.kernelSize / 2)
    /// The share of a line's pixels where two of its taps are inside.
    func shares(_ length: Int) -> [[Float]] {
      (0..<side).map { first in
        (0..<side).map { second in
          let (least, most) = (min(first, second) - radius, max(first, second) - radius)
          return Float(max(0, min(length, length - most) - max(0, -least))) / Float(length)
        }
      }
    }
    let (columns, rows) = (shares(width), shares(height))
    let taps = 0..<side * side
    let products = taps.flatMap { first in
      taps.map { second in
        rows[first / side][second / side] * columns[first % side][second % side]
      }
    }
    self.init(ofTaps: products, channelCount: convolution.inputChannelCount, kernelSize: side)
  }
}

extension RealProduct {
  /// A convolution of the style that goes along with labels, with the bias of both.
  /// - Parameters:
  ///   - width, height: Of the grid that it is made for.
  init(style: Convolution, bias: [Float], width: Int, height: Int) {
    let count = style.inputChannelCount
    self.init(
      columnCount: style.outputChannelCount, channelCount: count, kernelSize: style.kernelSize,
      weight: style.weight, bias: bias,
      inputScale: [Float](repeating: 1 / ModelFormat.styleScale, count: count),
      inputZero: [Int](repeating: 0, count: count),
      inputs: InputMoments(styleOf: style, width: width, height: height))
  }
}
