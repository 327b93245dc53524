extension NetworkQuantizer {
  /// The first tensor, from the label map or from the style vector.
  mutating func addFirst() throws(QuantizationError) -> ActivationTensor.Index {
    let configuration = generator.configuration
    let channelCount = 16 * configuration.channelUnit
    let width = configuration.firstGridWidth
    let height = configuration.firstGridHeight
    let (operation, scale) =
      configuration.styleCount == nil
      ? try labelFirst() : try styleFirst(channelCount: channelCount, pixelCount: width * height)
    let tensor = network.appendTensor(
      "fc", .wide(scale: scale), width: width, height: height, channelCount: channelCount)
    addStage("fc", at: Place(block: "fc", index: 0), operation, input: nil, output: tensor)
    return tensor
  }

  /// - Returns: What the stage does, and the scale of its tensor.
  private mutating func labelFirst() throws(QuantizationError) -> (StageOperation, Float) {
    let first = generator.first
    let configuration = generator.configuration
    let table = try QuantizationError.naming(first.namedTensors) {
      () throws(ValueTooLarge) -> QuantizedTable in
      try QuantizedTable(
        firstLayer: first, labelCount: configuration.labelCount, hasEdges: configuration.hasEdges,
        scale: try wideScale("first"))
    }
    // Safe: the layer has channels.
    return (
      .labelFirst(network.append(table, kernelSize: first.kernelSize)), table.unit.first.unsafelyUnwrapped
    )
  }

  private mutating func styleFirst(
    channelCount: Int, pixelCount: Int
  ) throws(QuantizationError) -> (StageOperation, Float) {
    let first = generator.first
    let (quantized, scale) = try QuantizationError.naming(first.namedTensors) {
      () throws(ValueTooLarge) -> (QuantizedProduct, Float) in
      let quantized = try QuantizedProduct(
        RealProduct(styleLayer: first, channelCount: channelCount, pixelCount: pixelCount))
      return (quantized, max(try wideScale("first"), quantized.finestScale))
    }
    let product = network.append(
      quantized, name: "fc", kernelSize: 1, scale: quantized.unit.map { $0 / scale },
      usedDepth: first.inputChannelCount, usedColumns: pixelCount * channelCount)
    return (.styleFirst(product), scale)
  }
}
