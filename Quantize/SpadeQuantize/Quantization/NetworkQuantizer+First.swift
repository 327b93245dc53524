import SpadeModel

extension NetworkQuantizer {
  /// The first tensor, from the label map or from the style vector.
  mutating func addFirst() throws(QuantizationError) -> ActivationTensor.Index {
    try generator.configuration.hasStyleLayer ? addStyleFirst() : addLabelFirst()
  }

  private mutating func addLabelFirst() throws(QuantizationError) -> ActivationTensor.Index {
    let first = LabelConvolution(labels: generator.first, style: generator.firstStyle)
    let configuration = generator.configuration
    let quantized = try QuantizationError.naming(first.namedTensors) {
      () throws(ValueTooLarge) -> QuantizedTable in
      try QuantizedTable(
        firstLayer: first, channelCount: normalizedChannelCount(firstChannelCount),
        labelCount: configuration.labelCount, hasEdges: configuration.hasEdges,
        scale: try wideScale("first"))
    }
    let table = network.append(quantized, kernelSize: generator.first.kernelSize)
    network.tables[table].style = try QuantizationError.naming(first.namedTensors) {
      () throws(ValueTooLarge) -> StoredProduct.Index? in
      try network.append(
        first, unit: quantized.unit, channels: quantized.channels, width: configuration.firstGridWidth,
        height: configuration.firstGridHeight)
    }
    // Safe: the layer has channels.
    let tensor = appendFirstTensor(scale: quantized.unit.first.unsafelyUnwrapped)
    addStage("fc", at: Self.firstPlace, .labelFirst(table, output: tensor))
    return tensor
  }

  private mutating func addStyleFirst() throws(QuantizationError) -> ActivationTensor.Index {
    let first = generator.first
    let configuration = generator.configuration
    let pixelCount = configuration.firstGridWidth * configuration.firstGridHeight
    let paddedCount = ModelFormat.padded(
      normalizedChannelCount(firstChannelCount), to: ModelFormat.channelBlock)
    let (quantized, scale) = try QuantizationError.naming(first.namedTensors) {
      () throws(ValueTooLarge) -> (QuantizedProduct, Float) in
      let quantized = try QuantizedProduct(
        RealProduct(
          styleLayer: first, channelCount: firstChannelCount, paddedCount: paddedCount, pixelCount: pixelCount
        ))
      return (quantized, max(try wideScale("first"), quantized.finestScale))
    }
    let product = network.append(
      quantized, name: "fc", kernelSize: 1, scale: quantized.unit.map { $0 / scale },
      usedDepth: first.inputChannelCount, usedColumns: pixelCount * firstChannelCount)
    let tensor = appendFirstTensor(scale: scale)
    addStage("fc", at: Self.firstPlace, .styleFirst(product, output: tensor))
    return tensor
  }

  private static let firstPlace = Place(block: "fc", index: 0)

  private var firstChannelCount: Int { generator.configuration.firstChannelCount }

  private mutating func appendFirstTensor(scale: Float) -> ActivationTensor.Index {
    network.appendTensor(
      "fc", .wide(scale: scale), width: generator.configuration.firstGridWidth,
      height: generator.configuration.firstGridHeight, channelCount: normalizedChannelCount(firstChannelCount)
    )
  }
}
