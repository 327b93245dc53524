import SpadeModel

extension NetworkQuantizer {
  /// Leaky relu, then the picture convolution.
  mutating func addPicture(input: ActivationTensor.Index) throws(QuantizationError) {
    let place = Place(block: "conv_img", index: generator.blocks.count)
    let source = network.tensors[input]
    let (codes, quantized) = try QuantizationError.naming(generator.picture.namedTensors) {
      () throws(ValueTooLarge) -> (CodeScales, QuantizedProduct) in
      let codes = try CodeScales(
        ranges.modulated[generator.picture.name], slope: Generator.negativeSlope,
        isFine: quality.isFine(generator.picture), channelCount: source.channelCount)
      return (
        codes,
        try QuantizedProduct(
          RealProduct(
            generator.picture, codes: codes, inputs: ranges.modulatedMoments[generator.picture.name]))
      )
    }
    let norm = appendRelu(source, codes: codes)
    let tensor = network.appendTensor(
      "conv_img.codes", codes.encoding, width: source.width, height: source.height,
      channelCount: source.channelCount)
    addStage(
      "conv_img", at: place, .modulate(.init(norm: norm, input: input, shift: 0, output: tensor)))
    let product = network.append(quantized, of: generator.picture, outputScale: 1)
    addStage("conv_img", at: place, .picture(product, input: tensor))
  }

  /// Wide rows to codes without an affine map: A is the same everywhere and B zero.
  private mutating func appendRelu(_ source: ActivationTensor, codes: CodeScales) -> StoredNorm.Index {
    let factor: Int16 = 16384
    let channels = ModelFormat.padded(source.channelCount, to: ModelFormat.channelBlock)
    var constant = [Int16](repeating: 0, count: 2 * channels)
    for channel in 0..<source.channelCount { constant[2 * channel] = factor }
    let place = network.weights.append(constant)
    return network.appendNorm(
      name: "conv_img", source: .constant(place),
      scale: codes.scale.map { source.scale / (Float(factor) * $0) }, codes: codes, biasFactor: 1,
      slope: Generator.negativeSlope)
  }
}
