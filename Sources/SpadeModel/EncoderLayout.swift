/// The style encoder's products and where their parts lie in the encoder section.
///
/// The architecture is the official one: six 3×3 convolutions with stride 2, each followed by instance norm and leaky
/// relu, then a linear layer that makes the style's mean.
///
/// ```
/// product  reads                    makes
/// 0        photo 256×256×3          128×128 × n
/// 1 … 5    the product before       64×64 × 2n, 32×32 × 4n, 16×16 × 8n, 8×8 × 8n, 4×4 × 8n
/// 6        4×4 × 8n                 the style
/// ```
///
/// The section holds for each product its panels, then `Float[panels][16]` scales; last the linear layer's bias,
/// `Float[panels][16]`.
public struct EncoderLayout {
  /// Side of the square photo in pixels.
  public static let photoSide = 256
  /// Bytes of a photo: RGB8, interleaved, rows from the top.
  public static let photoByteCount = photoSide * photoSide * 3
  public static let convolutionCount = 6
  public static let productCount = convolutionCount + 1
  /// Codes of an activation of 1.0.
  public static let codesPerUnit: Float = 256

  /// Channels after the first convolution; positive.
  public let channelUnit: Int
  /// Length of the style; positive.
  public let styleCount: Int

  public init(channelUnit: Int, styleCount: Int) {
    self.channelUnit = channelUnit
    self.styleCount = styleCount
  }

  /// Product `index`, 0 … 6.
  public func product(_ index: Int) -> EncoderProduct {
    var start = 0
    for earlier in 0..<index { start = shape(earlier, start: start).end }
    return shape(index, start: start)
  }

  private func shape(_ index: Int, start: Int) -> EncoderProduct {
    let isLinear = index == Self.convolutionCount
    let inputs = index == 0 ? 3 : channelCount(after: index - 1)
    let inputSide = Self.photoSide >> index
    // The first product reads the 27 bytes around a pixel as one row.
    let isFirst = index == 0
    let kernelSize = isLinear ? inputSide : 3
    return EncoderProduct(
      side: isLinear ? 1 : inputSide / 2, inputSide: inputSide, kernelSize: kernelSize,
      padding: isLinear ? 0 : 1, tapCount: isFirst ? 1 : kernelSize * kernelSize,
      usedDepth: isFirst ? 27 : inputs, usedColumns: isLinear ? styleCount : channelCount(after: index),
      panels: start)
  }

  private func channelCount(after convolution: Int) -> Int { channelUnit * min(1 << convolution, 8) }

  /// Where the linear layer's bias lies.
  public var bias: Int { product(Self.convolutionCount).end }

  /// Bytes of the section, a multiple of 64.
  public var byteCount: Int {
    let linear = product(Self.convolutionCount)
    return linear.end + linear.scaleByteCount
  }

  /// Bytes of the arena that a photo takes: the codes before a convolution and its sums, each as large as those of the first
  /// one.
  public var arenaByteCount: Int {
    let first = product(0)
    return codeByteCount + first.side * first.side * first.channels * 4
  }

  /// Two bytes for each channel of a pixel, and of the pixel outside.
  public var codeByteCount: Int {
    let first = product(0)
    return ModelFormat.padded((1 + first.side * first.side) * 2 * first.channels, to: ModelFormat.alignment)
  }

  /// Multiply-adds that a photo takes, padding left out; every product counts once, though it is done for the high and
  /// the low parts of the codes.
  public var multiplyAddCount: Int {
    var sum = 0
    for index in 0..<Self.productCount {
      let product = product(index)
      sum += product.side * product.side * product.tapCount * product.usedDepth * product.usedColumns
    }
    return sum
  }
}

/// One product of the style encoder.
public struct EncoderProduct {
  /// Sides of the squares of pixels that it makes and reads.
  public let side: Int
  public let inputSide: Int
  /// Pixel (x, y) reads the square of this side from (x · 2 − padding, y · 2 − padding).
  public let kernelSize: Int
  public let padding: Int
  /// Taps of a panel.
  public let tapCount: Int
  /// Input channels of a tap and output columns that mean something.
  public let usedDepth: Int
  public let usedColumns: Int
  /// Where the panels lie in the section, in bytes.
  public let panels: Int

  public var depth: Int { ModelFormat.padded(usedDepth, to: ModelFormat.channelBlock) }
  public var panelCount: Int {
    ModelFormat.padded(usedColumns, to: ModelFormat.panelColumns) / ModelFormat.panelColumns
  }
  /// Output channels with their padding.
  public var channels: Int { panelCount * ModelFormat.panelColumns }
  public var panelByteCount: Int { ModelFormat.panelByteCount(tapCount: tapCount, depth: depth) }
  /// Where the scales lie in the section.
  public var scales: Int { panels + panelCount * panelByteCount }
  public var scaleByteCount: Int { channels * 4 }
  var end: Int { scales + scaleByteCount }
}
