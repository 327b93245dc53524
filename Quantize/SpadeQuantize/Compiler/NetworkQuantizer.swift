import SpadeModel

/// Turns a generator and its calibrated ranges into a quantised network.
struct NetworkQuantizer {
  /// How far beyond the largest A or B seen their int16 codes reach.
  static let affineHeadroom: Float = 2
  /// How far beyond the largest magnitude seen the codes of wide tensors reach.
  static let wideHeadroom: Float = 1.5

  /// How many standard deviations from the mean the codes of a channel reach at least.
  static let codeDeviations = 4.0

  let generator: Generator
  let ranges: Ranges
  private(set) var network: QuantizedNetwork

  init(_ generator: Generator, ranges: Ranges) {
    self.generator = generator
    self.ranges = ranges
    network = QuantizedNetwork(configuration: generator.configuration)
  }

  static func quantize(_ generator: Generator, ranges: Ranges) -> QuantizedNetwork {
    var quantizer = NetworkQuantizer(generator, ranges: ranges)
    var tensor = quantizer.addFirst()
    for (index, block) in generator.blocks.enumerated() {
      tensor = quantizer.add(block, index: index, input: tensor)
    }
    quantizer.addPicture(input: tensor)
    return quantizer.network
  }

  // MARK: Layers

  private mutating func addFirst() -> Int {
    let configuration = generator.configuration
    let channels = 16 * configuration.channelUnit
    let width = configuration.firstGridWidth
    let height = configuration.firstGridHeight
    var scale = wideScale("first")
    let operation: Operation
    if let styleCount = configuration.styleCount {
      let first = addStyleProduct(styleCount, channels: channels, area: width * height)
      scale = first.scale
      operation = .styleFirst(product: first.product)
    } else {
      // One unit for all channels, because the tensor has one scale.
      var wanted = [Float](repeating: scale, count: channels)
      let trial = table(generator.first, unit: wanted)
      scale = trial.unit.max() ?? scale
      wanted = [Float](repeating: scale, count: channels)
      operation = .labelFirst(
        table: add(table(generator.first, unit: wanted), kernelSize: generator.first.kernelSize))
    }
    let tensor = addTensor("fc", .wide, width, height, channels, scale: scale)
    addStage("fc", block: "fc", operation, input: nil, output: tensor, width, height, blockIndex: 0)
    return tensor
  }

  private mutating func add(_ block: Block, index: Int, input: Int) -> Int {
    let shape = block.shape
    let shift = shape.doubles ? 1 : 0
    // norm_0 and norm_s normalise the same tensor.
    let source = addNormalized(block.norm0, input: input, block: shape.name, index: index)
    let codes0 = addModulate(
      block.norm0, slope: Generator.negativeSlope, input: source, shift: shift, shape: shape, index: index)
    var middle = addConvolve(block.conv0, input: codes0, shape: shape, index: index)
    middle = addNormalized(block.norm1, input: middle, block: shape.name, index: index)
    let codes1 = addModulate(
      block.norm1, slope: Generator.negativeSlope, input: middle, shift: 0, shape: shape, index: index)
    let quantized1 = quantize(block.conv1, codes: codeScales[codes1])

    guard let shortcut = block.shortcut else {
      let scale = max(wideScale(shape.name), finestScale(quantized1))
      let residual = Operation.Residual(
        tensor: input, shift: shift, scale: network.tensors[input].scale / scale)
      return addConvolve(
        block.conv1, quantized1, input: codes1, output: addOutput(shape, scale), residual: residual,
        shape: shape,
        index: index)
    }
    let codesS = addModulate(shortcut.norm, slope: 1, input: source, shift: shift, shape: shape, index: index)
    let quantizedS = quantize(shortcut.conv, codes: codeScales[codesS])
    // The shortcut is written where the block's output goes, and conv_1 adds to it in place.
    let scale = max(
      wideScale(shape.name), wideScale(shortcut.conv.name), finestScale(quantized1), finestScale(quantizedS))
    let output = addOutput(shape, scale)
    _ = addConvolve(
      shortcut.conv, quantizedS, input: codesS, output: output, residual: nil, shape: shape, index: index)
    let residual = Operation.Residual(tensor: output, shift: 0, scale: 1, stage: network.stages.count - 1)
    return addConvolve(
      block.conv1, quantized1, input: codes1, output: output, residual: residual, shape: shape, index: index)
  }

  /// The input of a norm: itself with batch statistics, a normalised copy with instance statistics.
  private mutating func addNormalized(_ layer: SpadeLayer, input: Int, block: String, index: Int) -> Int {
    guard layer.statistics == nil else { return input }
    let source = network.tensors[input]
    let scale = wideScale(layer.name)
    let tensor = addTensor(
      layer.name + ".normalized", .wide, source.width, source.height, source.channels, scale: scale)
    addStage(
      layer.name, block: block, .normalize(inputScale: source.scale, outputScale: scale), input: input,
      output: tensor, source.width, source.height, blockIndex: index)
    return tensor
  }

  private mutating func addModulate(
    _ layer: SpadeLayer, slope: Float, input: Int, shift: Int, shape: BlockShape, index: Int
  ) -> Int {
    let codes = CodeScales(ranges.modulated[layer.name], channelCount: layer.channelCount)
    let norm = add(layer, codes: codes, slope: slope, inputScale: network.tensors[input].scale, shape: shape)
    let output = addTensor(
      layer.name + ".codes", .codes, shape.width, shape.height, layer.channelCount)
    codeScales[output] = codes
    addStage(
      layer.name, block: shape.name, .modulate(norm: norm, shift: shift), input: input, output: output,
      shape.width, shape.height, blockIndex: index)
    return output
  }

  /// A convolution into a tensor of its own.
  private mutating func addConvolve(_ convolution: Convolution, input: Int, shape: BlockShape, index: Int)
    -> Int
  {
    let quantized = quantize(convolution, codes: codeScales[input])
    let output = addTensor(
      convolution.name, .wide, shape.width, shape.height, convolution.outputChannelCount,
      scale: max(wideScale(convolution.name), finestScale(quantized)))
    return addConvolve(
      convolution, quantized, input: input, output: output, residual: nil, shape: shape, index: index)
  }

  private mutating func addConvolve(
    _ convolution: Convolution, _ quantized: QuantizedProduct, input: Int, output: Int,
    residual: Operation.Residual?, shape: BlockShape, index: Int
  ) -> Int {
    let product = add(quantized, of: convolution, outputScale: network.tensors[output].scale)
    addStage(
      convolution.name, block: shape.name, .convolve(product: product, residual: residual), input: input,
      output: output, shape.width, shape.height, blockIndex: index)
    return output
  }

  private mutating func addOutput(_ shape: BlockShape, _ scale: Float) -> Int {
    addTensor(shape.name, .wide, shape.width, shape.height, shape.outputChannelCount, scale: scale)
  }

  /// At most one code for two units of the accumulator: the runtime's bound, and finer would say nothing.
  private func finestScale(_ product: QuantizedProduct) -> Float { 2 * (product.unit.max() ?? 0) }

  private mutating func addPicture(input: Int) {
    let source = network.tensors[input]
    let codes = CodeScales(ranges.modulated["picture"], channelCount: source.channels)
    let channels = ModelFormat.padded(source.channels, to: ModelFormat.channelBlock)
    var record = NormRecord()
    record.channels = UInt32(channels)
    // x · 16384 · scale with a constant A; B is zero.
    let factor: Int16 = 16384
    var constant = [Int16](repeating: 0, count: 2 * channels)
    for channel in 0..<source.channels { constant[2 * channel] = factor }
    record.constant = network.weights.append(constant)
    record.scale = network.weights.append(
      padded(codes.scale.map { source.scale / (Float(factor) * $0) }, to: channels))
    record.zeroPoint = network.weights.append(padded(codes.zero.map { Float($0) }, to: channels))
    record.slope = Generator.negativeSlope
    record.name = network.names.index("conv_img")
    network.norms.append(record)

    let tensor = addTensor("conv_img.codes", .codes, source.width, source.height, source.channels)
    addStage(
      "conv_img", block: "conv_img", .modulate(norm: network.norms.count - 1, shift: 0), input: input,
      output: tensor, source.width, source.height, blockIndex: generator.blocks.count)
    let product = add(quantize(generator.picture, codes: codes), of: generator.picture, outputScale: 1)
    addStage(
      "conv_img", block: "conv_img", .picture(product: product), input: tensor, output: nil, source.width,
      source.height, blockIndex: generator.blocks.count)
  }

  // MARK: Records

  /// Scales of the code tensors made so far.
  private var codeScales: [Int: CodeScales] = [:]

  private mutating func add(
    _ layer: SpadeLayer, codes: CodeScales, slope: Float, inputScale: Float, shape: BlockShape
  ) -> Int {
    let configuration = generator.configuration
    let channels = ModelFormat.padded(layer.channelCount, to: ModelFormat.channelBlock)
    let hidden = hiddenTable(layer)
    let affine = AffineQuantizer(
      layer, hiddenUnit: hidden.unit, inputScale: inputScale, largestFactor: ranges.factor[layer.name],
      largestTerm: ranges.term[layer.name], channels: channels)

    var product = ProductRecord()
    product.panels = network.weights.append(affine.product.panels)
    product.panelCount = UInt32(affine.product.panelCount)
    product.kernelSize = UInt32(configuration.kernelSize)
    product.depth = UInt32(affine.product.depth)
    product.scale = network.weights.append(affine.columnScale)
    product.usedDepth = UInt32(configuration.hiddenChannelCount)
    product.usedColumns = UInt32(2 * layer.channelCount)
    product.name = network.names.index(layer.name)
    network.products.append(product)

    var record = NormRecord()
    record.level = UInt32(level(shape))
    record.channels = UInt32(channels)
    record.table = UInt32(add(hidden, kernelSize: configuration.kernelSize))
    record.product = UInt32(network.products.count - 1)
    record.scale = network.weights.append(
      padded(
        (0..<layer.channelCount).map { inputScale * affine.factorScale[$0] / codes.scale[$0] }, to: channels))
    record.zeroPoint = network.weights.append(padded(codes.zero.map { Float($0) }, to: channels))
    record.biasFactor = UInt32(affine.biasFactor)
    record.slope = slope
    record.name = network.names.index(layer.name)
    network.norms.append(record)
    return network.norms.count - 1
  }

  /// The label table of a SPADE layer, its unit 1/32 of a hidden activation's code.
  private func hiddenTable(_ layer: SpadeLayer) -> QuantizedTable {
    let seen = ranges.hidden[layer.name]?.widened(Self.codeDeviations).high
    let interiors = interiorMaxima(layer.shared)
    let unit = interiors.indices.map { channel in
      max(seen?[channel] ?? 0, interiors[channel]) / Float(255 << 5)
    }
    return table(layer.shared, unit: unit, headroom: 16)
  }

  /// The largest hidden activation of each channel inside areas of one label, over all labels: the calibration maps
  /// rarely show every label, but the weights tell.
  private func interiorMaxima(_ shared: Convolution) -> [Float] {
    let taps = shared.kernelSize * shared.kernelSize
    let labelCount = generator.configuration.labelCount
    return (0..<shared.outputChannelCount).map { channel in
      var most: Float = 0
      for label in 0..<labelCount {
        let first = (channel * shared.inputChannelCount + label) * taps
        most = max(most, shared.weight[first..<(first + taps)].reduce(shared.bias[channel], +))
      }
      return most
    }
  }

  private func table(_ convolution: Convolution, unit: [Float], headroom: Int = 0) -> QuantizedTable {
    QuantizedTable(
      convolution, labelCount: generator.configuration.labelCount, hasEdges: generator.configuration.hasEdges,
      unit: unit, headroom: headroom)
  }

  private mutating func add(_ table: QuantizedTable, kernelSize: Int) -> Int {
    var record = TableRecord()
    record.rows = network.weights.append(table.rows)
    record.bias = network.weights.append(table.bias)
    record.channels = UInt32(table.channels)
    record.kernelSize = UInt32(kernelSize)
    network.tables.append(record)
    return network.tables.count - 1
  }

  private func quantize(_ convolution: Convolution, codes: CodeScales?) -> QuantizedProduct {
    let codes = codes ?? CodeScales(nil, channelCount: convolution.inputChannelCount)
    return QuantizedProduct(
      RealProduct(
        columnCount: convolution.outputChannelCount, channelCount: convolution.inputChannelCount,
        kernelSize: convolution.kernelSize, weight: convolution.weight, bias: convolution.bias,
        inputScale: codes.scale, inputZero: codes.zero))
  }

  private mutating func add(_ quantized: QuantizedProduct, of convolution: Convolution, outputScale: Float)
    -> Int
  {
    add(
      quantized, kernelSize: convolution.kernelSize, scale: quantized.unit.map { $0 / outputScale },
      usedDepth: convolution.inputChannelCount, usedColumns: convolution.outputChannelCount,
      name: convolution.name)
  }

  /// - Returns: The product, and the scale of its output.
  private mutating func addStyleProduct(_ count: Int, channels: Int, area: Int) -> (
    product: Int, scale: Float
  ) {
    let first = generator.first
    let padded = ModelFormat.padded(channels, to: ModelFormat.channelBlock)
    // The checkpoint lists outputs channel by channel; the runtime stores them pixel by pixel.
    var weight = [Float](repeating: 0, count: area * padded * count)
    var bias = [Float](repeating: 0, count: area * padded)
    for pixel in 0..<area {
      for channel in 0..<channels {
        let source = channel * area + pixel
        let target = pixel * padded + channel
        bias[target] = first.bias[source]
        for position in 0..<count {
          weight[target * count + position] = first.weight[source * count + position]
        }
      }
    }
    let quantized = QuantizedProduct(
      RealProduct(
        columnCount: area * padded, channelCount: count, kernelSize: 1, weight: weight, bias: bias,
        inputScale: [Float](repeating: 1 / ModelFormat.styleScale, count: count),
        inputZero: [Int](repeating: 0, count: count)))
    let scale = max(wideScale("first"), finestScale(quantized))
    let product = add(
      quantized, kernelSize: 1, scale: quantized.unit.map { $0 / scale }, usedDepth: count,
      usedColumns: area * channels, name: "fc")
    return (product, scale)
  }

  private mutating func add(
    _ quantized: QuantizedProduct, kernelSize: Int, scale: [Float], usedDepth: Int, usedColumns: Int,
    name: String
  ) -> Int {
    var record = ProductRecord()
    record.panels = network.weights.append(quantized.panels)
    record.panelCount = UInt32(quantized.panelCount)
    record.kernelSize = UInt32(kernelSize)
    record.depth = UInt32(quantized.depth)
    record.scale = network.weights.append(scale)
    record.usedDepth = UInt32(usedDepth)
    record.usedColumns = UInt32(usedColumns)
    record.name = network.names.index(name)
    network.products.append(record)
    return network.products.count - 1
  }

  /// The level of the block's resolution, added on first use.
  private mutating func level(_ shape: BlockShape) -> Int {
    if let known = network.levels.firstIndex(where: {
      Int($0.width) == shape.width && Int($0.height) == shape.height
    }) {
      return known
    }
    var record = LevelRecord()
    record.width = UInt32(shape.width)
    record.height = UInt32(shape.height)
    record.shift = UInt32((generator.configuration.width / shape.width).trailingZeroBitCount)
    network.levels.append(record)
    return network.levels.count - 1
  }

  private mutating func addTensor(
    _ name: String, _ kind: BufferKind, _ width: Int, _ height: Int, _ channels: Int, scale: Float = 0
  ) -> Int {
    network.tensors.append(
      PlannedTensor(name: name, kind: kind, width: width, height: height, channels: channels, scale: scale))
    return network.tensors.count - 1
  }

  private mutating func addStage(
    _ name: String, block: String, _ operation: Operation, input: Int?, output: Int?, _ width: Int,
    _ height: Int,
    blockIndex: Int
  ) {
    network.stages.append(
      Stage(
        name: name, block: block, operation: operation, input: input, output: output, width: width,
        height: height,
        blockIndex: blockIndex))
  }

  /// The scale of a wide tensor: its largest magnitude, with headroom, at code 32767.
  private func wideScale(_ name: String) -> Float {
    max(ranges.wide[name] ?? 0, 1e-6) * Self.wideHeadroom / 32767
  }

  private func padded(_ values: [Float], to count: Int) -> [Float] {
    values + [Float](repeating: 0, count: count - values.count)
  }
}

/// How the channels of a tensor of codes map to real values: real = scale · (code − zero).
struct CodeScales {
  var scale: [Float]
  var zero: [Int]

  /// Min–max: the interval seen fills the 256 codes, and 0.0 has a code of its own.
  init(_ interval: Ranges.Interval?, channelCount: Int) {
    scale = [Float](repeating: 1, count: channelCount)
    zero = [Int](repeating: 0, count: channelCount)
    guard let interval = interval?.widened(NetworkQuantizer.codeDeviations) else { return }
    for channel in 0..<channelCount {
      let width = interval.high[channel] - interval.low[channel]
      scale[channel] = max(width / 255, 1e-6)
      let code = (-128 - interval.low[channel] / scale[channel]).rounded(.toNearestOrEven)
      zero[channel] = Int(max(-128, min(127, code)))
    }
  }
}
