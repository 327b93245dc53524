import SpadeModel

extension QuantizedNetwork {
  mutating func append(_ table: QuantizedTable, kernelSize: Int) -> StoredTable.Index {
    tables.append(
      StoredTable(
        rows: weights.append(table.rows), bias: weights.append(table.bias), channels: table.channels,
        kernelSize: kernelSize))
  }

  /// The convolution of the style that goes along with a table's labels.
  /// - Parameters:
  ///   - unit: Real value of one unit of the table's sums, for each channel.
  ///   - channels: Of the table, padded.
  ///   - width, height: Of the grid that is made.
  mutating func append(
    _ convolution: LabelConvolution, unit: [Float], channels: Int, width: Int, height: Int
  ) throws(ValueTooLarge) -> StoredProduct.Index? {
    guard let style = convolution.style else { return nil }
    let product = try QuantizedProduct(
      RealProduct(style: style, bias: convolution.labels.bias, width: width, height: height),
      paddedColumnCount: channels)
    let scale = product.unit.indices.map { $0 < unit.count ? min(product.unit[$0] / unit[$0], 0.5) : 0 }
    return append(
      product, name: style.name, kernelSize: style.kernelSize, scale: scale,
      usedDepth: style.inputChannelCount, usedColumns: style.outputChannelCount)
  }

  /// - Parameters:
  ///   - scale: Codes of the output that one unit of an accumulator is worth, for each column.
  ///   - usedColumns: Columns that mean something.
  mutating func append(
    _ product: QuantizedProduct, name: String, kernelSize: Int, scale: [Float], usedDepth: Int,
    usedColumns: Int
  ) -> StoredProduct.Index {
    products.append(
      StoredProduct(
        name: name, panels: weights.append(product.panels), scale: weights.append(scale),
        panelCount: product.panelCount, kernelSize: kernelSize, depth: product.depth, usedDepth: usedDepth,
        usedColumns: usedColumns))
  }

  /// A unit of the picture's sums may be worth more than half of its range: tanh has long left no difference there.
  mutating func append(_ product: QuantizedProduct, of convolution: Convolution, outputScale: Float)
    -> StoredProduct.Index
  {
    append(
      product, name: convolution.name, kernelSize: convolution.kernelSize,
      scale: product.unit.map { min($0 / outputScale, 0.5) }, usedDepth: convolution.inputChannelCount,
      usedColumns: convolution.outputChannelCount)
  }

  /// - Parameters:
  ///   - scale: Codes of the output that x · A + biasFactor · B is worth, for each channel.
  ///   - codes: Of the output.
  mutating func appendNorm(
    name: String, source: StoredNorm.Source, scale: [Float], codes: CodeScales, biasFactor: Int, slope: Float
  ) -> StoredNorm.Index {
    let channels = ModelFormat.padded(scale.count, to: ModelFormat.channelBlock)
    return norms.append(
      StoredNorm(
        name: name, source: source, channels: channels,
        scale: weights.append(scale.padded(to: channels)),
        zeroPoint: weights.append(codes.zero.map { Float($0) }.padded(to: channels)), biasFactor: biasFactor,
        slope: slope, isFine: codes.isFine))
  }

  /// The level of `width` × `height` pixels, appended on first use.
  mutating func level(width: Int, height: Int) -> Level.Index {
    if let known = levels.firstIndex(where: { $0.width == width && $0.height == height }) { return known }
    return levels.append(
      Level(width: width, height: height, shift: (configuration.width / width).trailingZeroBitCount))
  }

  mutating func appendTensor(
    _ name: String, _ encoding: ActivationTensor.Encoding, width: Int, height: Int, channelCount: Int
  ) -> ActivationTensor.Index {
    tensors.append(
      ActivationTensor(
        name: name, encoding: encoding, width: width, height: height, channelCount: channelCount))
  }
}

extension [Float] {
  /// Zeros at the end, up to `count` values.
  func padded(to count: Int) -> [Float] { self + [Float](repeating: 0, count: count - self.count) }
}
