extension Model {
  /// The style encoder's shape, or `nil` where the model has none.
  public var encoder: EncoderLayout? {
    let unit = Int(configuration.encoderChannelUnit)
    return unit == 0 ? nil : EncoderLayout(channelUnit: unit, styleCount: styleCount)
  }

  /// Checks the encoder section: its size, every weight and every scale. After this a photo's sums are the same with
  /// signed and unsigned codes, and its style is finite.
  func checkEncoder() throws(ModelError) {
    let section = section(.encoder)
    guard section.count == encoder?.byteCount ?? 0 else {
      throw .sectionSize(section: .encoder, byteCount: UInt64(section.count))
    }
    guard let encoder, let base = section.baseAddress else { return }
    for index in 0..<EncoderLayout.productCount {
      if let (column, rule) = fault(of: encoder.product(index), base) {
        throw .badColumn(section: .encoder, index: index, column: column, rule: rule)
      }
    }
    for column in 0..<encoder.product(EncoderLayout.convolutionCount).channels {
      let bias = base.load(fromByteOffset: encoder.bias + 4 * column, as: Float.self)
      guard bias.isFinite else {
        throw .badColumn(
          section: .encoder, index: EncoderLayout.productCount, column: column, rule: .styleBias)
      }
    }
  }

  private func fault(
    of product: EncoderProduct, _ base: UnsafeRawPointer
  ) -> (column: Int, rule: ColumnRule)? {
    if let column = firstBadScale(base + product.scales, count: product.channels) {
      return (column, .scale)
    }
    for column in 0..<product.channels {
      let (panel, lane) = column.quotientAndRemainder(dividingBy: ModelFormat.panelColumns)
      let bias = product.panels + panel * product.panelByteCount + 4 * lane
      if base.load(fromByteOffset: bias, as: Int32.self) != 0 { return (column, .encoderBias) }
    }
    return panelFault(
      base + product.panels, panelCount: product.panelCount,
      tapCount: product.tapCount, depth: product.depth, weightSumLimit: nil)
  }
}
