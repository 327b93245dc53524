extension NetworkQuantizer {
  /// A residual block.
  /// - Returns: Its output.
  mutating func add(
    _ block: Block, index: Int, input: ActivationTensor.Index
  ) throws(QuantizationError) -> ActivationTensor.Index {
    let shape = block.shape
    let place = Place(block: shape.name, index: index)
    let shift = shape.doubles ? 1 : 0
    // norm_0 and norm_s normalise the same tensor.
    let source = try addNormalized(block.norm0, at: place, input: input)
    let codes0 = try addModulate(
      block.norm0, for: block.conv0, at: place, slope: Generator.negativeSlope, input: source, shift: shift,
      shape: shape)
    let middle0 = try addConvolve(block.conv0, at: place, input: codes0, shape: shape)
    let middle1 = try addNormalized(block.norm1, at: place, input: middle0)
    let codes1 = try addModulate(
      block.norm1, for: block.conv1, at: place, slope: Generator.negativeSlope, input: middle1, shift: 0,
      shape: shape)
    guard let shortcut = block.shortcut else {
      return try addSum(block.conv1, at: place, codes: codes1, input: input, shift: shift, shape: shape)
    }
    let codesS = try addModulate(
      shortcut.norm, for: shortcut.conv, at: place, slope: 1, input: source, shift: shift, shape: shape)
    return try addSum(
      block.conv1, at: place, codes: codes1, shortcut: shortcut.conv, shortcutCodes: codesS, shape: shape)
  }

  /// conv_1 plus the block's input.
  private mutating func addSum(
    _ convolution: Convolution, at place: Place, codes: Codes, input: ActivationTensor.Index, shift: Int,
    shape: BlockShape
  ) throws(QuantizationError) -> ActivationTensor.Index {
    let (product, scale) = try QuantizationError.naming(convolution.namedTensors) {
      () throws(ValueTooLarge) -> (QuantizedProduct, Float) in
      let product = try quantized(convolution, codes)
      return (product, max(try wideScale(shape.name), product.finestScale))
    }
    let output = addOutput(shape.name, scale, shape, convolution)
    let residual = StageOperation.Residual(
      tensor: input, shift: shift, scale: network.tensors[input].scale / scale)
    addConvolve(convolution, at: place, product, input: codes, output: output, residual: residual)
    return output
  }

  /// conv_1 plus the learned shortcut. The shortcut is written where the block's output goes, and conv_1 adds to it in
  /// place.
  private mutating func addSum(
    _ convolution: Convolution, at place: Place, codes: Codes, shortcut: Convolution, shortcutCodes: Codes,
    shape: BlockShape
  ) throws(QuantizationError) -> ActivationTensor.Index {
    let tensors = convolution.namedTensors + shortcut.namedTensors
    let (product, shortcutProduct, scale) = try QuantizationError.naming(tensors) {
      () throws(ValueTooLarge) -> (QuantizedProduct, QuantizedProduct, Float) in
      let product = try quantized(convolution, codes)
      let shortcutProduct = try quantized(shortcut, shortcutCodes)
      let seen = max(try wideScale(shape.name), try wideScale(shortcut.name))
      return (product, shortcutProduct, max(seen, product.finestScale, shortcutProduct.finestScale))
    }
    let output = addOutput(shape.name, scale, shape, convolution)
    addConvolve(shortcut, at: place, shortcutProduct, input: shortcutCodes, output: output, residual: nil)
    let residual = StageOperation.Residual(
      tensor: output, shift: 0, scale: 1, stage: network.stages.indices.last)
    addConvolve(convolution, at: place, product, input: codes, output: output, residual: residual)
    return output
  }

  /// A convolution into a tensor of its own.
  private mutating func addConvolve(
    _ convolution: Convolution, at place: Place, input: Codes, shape: BlockShape
  ) throws(QuantizationError) -> ActivationTensor.Index {
    let (product, scale) = try QuantizationError.naming(convolution.namedTensors) {
      () throws(ValueTooLarge) -> (QuantizedProduct, Float) in
      let product = try quantized(convolution, input)
      return (product, max(try wideScale(convolution.name), product.finestScale))
    }
    let output = addOutput(convolution.name, scale, shape, convolution)
    addConvolve(convolution, at: place, product, input: input, output: output, residual: nil)
    return output
  }

  private mutating func addConvolve(
    _ convolution: Convolution, at place: Place, _ quantized: QuantizedProduct, input: Codes,
    output: ActivationTensor.Index, residual: StageOperation.Residual?
  ) {
    let product = network.append(quantized, of: convolution, outputScale: network.tensors[output].scale)
    addStage(
      convolution.name, at: place,
      .convolve(.init(product: product, input: input.tensor, output: output, residual: residual)))
  }

  private mutating func addOutput(
    _ name: String, _ scale: Float, _ shape: BlockShape, _ convolution: Convolution
  ) -> ActivationTensor.Index {
    network.appendTensor(
      name, .wide(scale: scale), width: shape.width, height: shape.height,
      channelCount: columnCount(convolution))
  }

  /// Channels of a convolution's output: no SPADE layer reads that of the last block.
  private func columnCount(_ convolution: Convolution) -> Int {
    let last = generator.blocks.last
    let isLast = convolution.name == last?.conv1.name || convolution.name == last?.shortcut?.conv.name
    let count = convolution.outputChannelCount
    return isLast ? count : normalizedChannelCount(count)
  }

  private func quantized(_ convolution: Convolution, _ codes: Codes) throws(ValueTooLarge) -> QuantizedProduct
  {
    try QuantizedProduct(
      RealProduct(convolution, codes: codes.scales, inputs: codes.moments),
      paddedColumnCount: columnCount(convolution))
  }
}
