extension Model {
  /// The style encoder's shape, or `nil` where the model has none.
  public var encoder: EncoderLayout? {
    let unit = Int(configuration.encoderChannelUnit)
    return unit == 0 ? nil : EncoderLayout(channelUnit: unit, styleCount: styleCount)
  }

  /// Checks the encoder section: its size, every weight and every scale. After this a photo's sums are the same with
  /// signed and unsigned codes, and its style is finite.
  func checkEncoder() throws(ModelError) {
    let given = section(.encoder).count
    guard given == encoder?.byteCount ?? 0 else {
      throw .sectionSize(section: Section.encoder.rawValue, byteCount: UInt64(given))
    }
    guard let encoder else { return }
    for index in 0..<EncoderLayout.productCount {
      let product = encoder.product(index)
      for panel in 0..<product.panelCount {
        guard isEncoderPanel(product.panels + panel * product.panelByteCount, product) else {
          throw .weightsOutOfRange(section: Section.encoder.rawValue, index: index)
        }
      }
      for column in 0..<product.channels {
        guard (0...0.5).contains(encoderFloat(product.scales, column)) else {
          throw .badScale(section: Section.encoder.rawValue, index: index, column: column)
        }
      }
    }
    for column in 0..<encoder.product(EncoderLayout.convolutionCount).channels
    where !encoderFloat(encoder.bias, column).isFinite {
      throw .badScale(
        section: Section.encoder.rawValue, index: EncoderLayout.productCount, column: column)
    }
  }

  private func encoderFloat(_ offset: Int, _ index: Int) -> Float {
    section(.encoder).load(fromByteOffset: offset + 4 * index, as: Float.self)
  }

  /// The panel's signed biases are 0, those for unsigned codes are −128 · Σ weights, and weights are −127 … 127.
  private func isEncoderPanel(_ offset: Int, _ product: EncoderProduct) -> Bool {
    let columns = ModelFormat.panelColumns
    let panel = section(.encoder).baseAddress.unsafelyUnwrapped + offset
    let weights = panel + ModelFormat.panelHeaderByteCount
    let groupCount = product.tapCount * product.depth / 4
    for column in 0..<columns {
      var sum: Int32 = 0
      for group in 0..<groupCount {
        let four = (weights + (group * columns + column) * 4).assumingMemoryBound(to: Int8.self)
        for index in 0..<4 {
          if four[index] == -128 { return false }
          sum += Int32(four[index])
        }
      }
      // Safe: a column has at most 2^17 weights, so that 128 · |sum| is below 2^31.
      let biases = panel.assumingMemoryBound(to: Int32.self)
      guard biases[column] == 0, biases[columns + column] == -128 * sum else { return false }
    }
    return true
  }
}
