import SpadeModel

extension NetworkQuantizer {
  /// How many standard deviations from the mean hidden activations reach at least.
  private static let hiddenDeviations = 6.0

  /// The input of a norm: itself with batch statistics, a normalised copy with instance statistics.
  mutating func addNormalized(
    _ layer: SpadeLayer, at place: Place, input: ActivationTensor.Index
  ) throws(QuantizationError) -> ActivationTensor.Index {
    guard layer.statistics == nil else { return input }
    let source = network.tensors[input]
    let scale = try QuantizationError.naming(layer.namedTensors) { () throws(ValueTooLarge) -> Float in
      try wideScale(layer.name)
    }
    let tensor = network.appendTensor(
      layer.name + ".normalized", .wide(scale: scale), width: source.width, height: source.height,
      channelCount: source.channelCount)
    addStage(layer.name, at: place, .normalize(input: input, output: tensor))
    return tensor
  }

  /// A SPADE layer and the activation after it.
  /// - Parameter reader: The convolution that reads what it makes.
  mutating func addModulate(
    _ layer: SpadeLayer, for reader: Convolution, at place: Place, slope: Float,
    input: ActivationTensor.Index, shift: Int,
    shape: BlockShape
  ) throws(QuantizationError) -> Codes {
    let (norm, codes) = try addNorm(
      layer, inputScale: network.tensors[input].scale, slope: slope, isFine: quality.isFine(reader),
      shape: shape)
    let output = network.appendTensor(
      layer.name + ".codes", codes.encoding, width: shape.width, height: shape.height,
      channelCount: layer.outputChannelCount)
    addStage(
      layer.name, at: place, .modulate(.init(norm: norm, input: input, shift: shift, output: output)))
    return Codes(tensor: output, scales: codes, moments: ranges.modulatedMoments[layer.name])
  }

  /// - Returns: The layer, and what codes it makes.
  private mutating func addNorm(
    _ layer: SpadeLayer, inputScale: Float, slope: Float, isFine: Bool, shape: BlockShape
  ) throws(QuantizationError) -> (StoredNorm.Index, CodeScales) {
    switch layer.modulation {
    case .dense(let dense):
      let parts = try QuantizationError.naming(layer.namedTensors) { () throws(ValueTooLarge) -> NormParts in
        try quantized(layer, dense, inputScale: inputScale, slope: slope, isFine: isFine)
      }
      let style = try QuantizationError.naming(dense.shared.namedTensors) {
        () throws(ValueTooLarge) -> StoredProduct.Index? in
        try network.append(
          dense.shared, unit: parts.table.unit, channels: parts.table.channels, width: shape.width,
          height: shape.height)
      }
      let norm = append(layer, parts, style, inputScale: inputScale, slope: slope, shape: shape)
      return (norm, parts.codes)
    case .separable(let separable):
      let parts = try QuantizationError.naming(layer.namedTensors) { () throws(ValueTooLarge) -> NormParts in
        try quantized(
          layer, separable, inputScale: inputScale, slope: slope, isFine: isFine, shape: shape)
      }
      return (append(layer, parts, nil, inputScale: inputScale, slope: slope, shape: shape), parts.codes)
    case .classTable(let table):
      let (quantized, codes) = try QuantizationError.naming(layer.namedTensors) {
        () throws(ValueTooLarge) -> (QuantizedClassTable, CodeScales) in
        (
          try QuantizedClassTable(layer, table, inputScale: inputScale),
          try CodeScales(
            ranges.modulated[layer.name], slope: slope, isFine: isFine, channelCount: layer.outputChannelCount
          )
        )
      }
      let norm = network.appendNorm(
        name: layer.name, source: .symbols(network.weights.append(quantized.rows)),
        scale: codes.scale.indices.map { min(inputScale * quantized.factorScale[$0] / codes.scale[$0], 0.5) },
        codes: codes, biasFactor: quantized.biasFactor, slope: slope)
      return (norm, codes)
    }
  }

  /// A SPADE layer in integers.
  private struct NormParts {
    var table: QuantizedTable
    var features: QuantizedFeatures?
    var affine: QuantizedAffine
    /// Of what it makes.
    var codes: CodeScales
  }

  private func quantized(
    _ layer: SpadeLayer, _ dense: DenseModulation, inputScale: Float, slope: Float, isFine: Bool
  ) throws(ValueTooLarge) -> NormParts {
    let table = try hiddenTable(layer, dense.shared)
    let affine = try QuantizedAffine(
      layer, dense, hiddenUnit: table.unit, inputScale: inputScale, largestFactor: ranges.factor[layer.name],
      largestTerm: ranges.term[layer.name], inputs: ranges.hiddenMoments[layer.name])
    return NormParts(
      table: table, affine: affine, codes: try modulatedCodes(layer, slope: slope, isFine: isFine))
  }

  private func quantized(
    _ layer: SpadeLayer, _ separable: SeparableModulation, inputScale: Float, slope: Float, isFine: Bool,
    shape: BlockShape
  ) throws(ValueTooLarge) -> NormParts {
    let table = try hiddenTable(layer, LabelConvolution(labels: separable.shared))
    let features = try QuantizedFeatures(separable, hiddenUnit: table.unit)
    let affine = try QuantizedAffine(
      RealProduct(
        affine: layer, separable, featureCount: features.unit.count,
        codeUnit: QuantizedFeatures.codeUnit(pixelCount: shape.width * shape.height),
        inputs: ranges.featureMoments[layer.name]),
      inputScale: inputScale, largestFactor: ranges.factor[layer.name], largestTerm: ranges.term[layer.name])
    return NormParts(
      table: table, features: features, affine: affine,
      codes: try modulatedCodes(layer, slope: slope, isFine: isFine))
  }

  private func hiddenTable(
    _ layer: SpadeLayer, _ shared: LabelConvolution
  ) throws(ValueTooLarge) -> QuantizedTable {
    try QuantizedTable(
      hiddenLayer: shared, labelCount: generator.configuration.labelCount,
      hasEdges: generator.configuration.hasEdges,
      seen: ranges.hidden[layer.name]?.reaching(Self.hiddenDeviations).high)
  }

  private func modulatedCodes(
    _ layer: SpadeLayer, slope: Float, isFine: Bool
  ) throws(ValueTooLarge) -> CodeScales {
    try CodeScales(
      ranges.modulated[layer.name], slope: slope, isFine: isFine, channelCount: layer.channelCount)
  }

  private mutating func append(
    _ layer: SpadeLayer, _ parts: NormParts, _ style: StoredProduct.Index?, inputScale: Float, slope: Float,
    shape: BlockShape
  ) -> StoredNorm.Index {
    let kernelSize = generator.configuration.kernelSize
    let affine = parts.affine
    // A column of γ or β reads as many features as there are hidden channels.
    let product = network.append(
      affine.product, name: layer.name, kernelSize: parts.features == nil ? kernelSize : 1,
      scale: affine.columnScale, usedDepth: shape.hiddenChannelCount, usedColumns: 2 * layer.channelCount)
    let table = network.append(parts.table, kernelSize: kernelSize)
    let features = parts.features.map { network.append($0) }
    network.tables[table].style = style
    let level = network.level(width: shape.width, height: shape.height)
    return network.appendNorm(
      name: layer.name,
      source: .windows(
        StoredNorm.Windows(level: level, hidden: table, affine: product, features: features)),
      scale: (0..<layer.channelCount).map { inputScale * affine.factorScale[$0] / parts.codes.scale[$0] },
      codes: parts.codes, biasFactor: affine.biasFactor, slope: slope)
  }
}
