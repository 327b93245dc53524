import SpadeModel

/// What a model file makes of a generator: its weights in real numbers, and what it rounds the values of each site to.
struct RoundedGenerator {
  private let exact: Generator
  private var first: Convolution
  private var firstStyle: Convolution?
  private var picture: Convolution
  /// By name, those of the blocks.
  private var convolutions: [String: Convolution] = [:]
  private var layers: [String: SpadeLayer] = [:]
  private(set) var grids: [Site: SiteGrid] = [:]

  /// - Parameter generator: Of the checkpoint that the model was made from.
  /// - Throws: `UnfamiliarModel`, also where the generator is another one.
  init(_ model: Model, _ generator: Generator) throws(UnfamiliarModel) {
    let network = try QuantizedNetwork(model)
    exact = generator
    first = generator.first
    firstStyle = generator.firstStyle
    picture = generator.picture
    guard generator.configuration.inputChannelCount == network.configuration.inputChannelCount else {
      throw UnfamiliarModel()
    }
    for block in generator.blocks {
      for layer in block.layers { layers[layer.name] = layer }
      for convolution in block.convolutions { convolutions[convolution.name] = convolution }
    }
    var codes: [ActivationTensor.Index: CodeScales] = [:]
    for stage in network.stages { try read(stage, network, &codes) }
  }

  private mutating func read(
    _ stage: Stage, _ network: QuantizedNetwork, _ codes: inout [ActivationTensor.Index: CodeScales]
  ) throws(UnfamiliarModel) {
    switch stage.operation {
    case .labelFirst(let table, let output):
      let scale = network.tensors[output].scale
      let layer = LabelConvolution(labels: first, style: firstStyle)
      let rounded = try network.convolution(table, like: layer) { _ in scale }.convolution
      (first, firstStyle) = (rounded.labels, rounded.style)
      grids[.first] = .wide(scale: scale)
    case .styleFirst(let product, let output):
      let scale = network.tensors[output].scale
      first = try network.styleLayer(product, like: first, pixelCount: stage.width * stage.height, scale)
      grids[.first] = .wide(scale: scale)
    case .normalize(_, let output):
      grids[.normalized(stage.name)] = .wide(scale: network.tensors[output].scale)
    case .modulate(let modulation):
      let scales = try read(stage, modulation, network)
      codes[modulation.output] = scales
      grids[.modulated(stage.name)] = .codes(scales)
    case .convolve(let operation):
      guard let original = convolutions[stage.name], let input = codes[operation.input] else {
        throw UnfamiliarModel()
      }
      let scale = network.tensors[operation.output].scale
      convolutions[stage.name] = try network.convolution(
        operation.product, like: original, input: input, outputScale: scale)
      grids[operation.residual == nil ? .convolution(stage.name) : .block(stage.block)] = .wide(scale: scale)
    case .picture(let product, let input):
      guard let input = codes[input] else { throw UnfamiliarModel() }
      picture = try network.convolution(product, like: picture, input: input, outputScale: 1)
    }
  }

  /// A SPADE layer, or the picture's activation.
  /// - Returns: What codes it makes.
  private mutating func read(
    _ stage: Stage, _ modulation: StageOperation.Modulation, _ network: QuantizedNetwork
  ) throws(UnfamiliarModel) -> CodeScales {
    let norm = network.norms[modulation.norm]
    let inputScale = network.tensors[modulation.input].scale
    switch norm.source {
    case .constant(let place):
      guard norm.channels >= picture.inputChannelCount else { throw UnfamiliarModel() }
      let factors = network.values(of: Int16.self, at: place, count: 2 * norm.channels)
      return network.codes(
        norm, inputScale: inputScale,
        factorScale: (0..<picture.inputChannelCount).map { 1 / Float(factors[2 * $0]) })
    case .symbols(let place):
      guard let layer = layers[stage.name], case .classTable(let table) = layer.modulation else {
        throw UnfamiliarModel()
      }
      let factorScale = network.factorScale(norm, place, like: layer, table, inputScale: inputScale)
      let termFactor = Float(norm.biasFactor) * inputScale
      let scales = [Float](factorScale.prefix(layer.channelCount))
      let grid = AffineGrid(
        fold: AffineFold(layer), factorScale: scales, termScale: scales.map { $0 * termFactor })
      grids[.gamma(stage.name)] = .gamma(grid)
      grids[.beta(stage.name)] = .beta(grid)
      return network.codes(norm, inputScale: inputScale, factorScale: factorScale)
    case .windows(let windows):
      guard let original = layers[stage.name] else { throw UnfamiliarModel() }
      let rounded = try network.layer(
        windows, like: original, inputScale: inputScale, biasFactor: norm.biasFactor,
        pixelCount: stage.width * stage.height)
      layers[stage.name] = rounded.layer
      if windows.features != nil {
        let unit = QuantizedFeatures.codeUnit(pixelCount: stage.width * stage.height)
        grids[.features(stage.name)] = .features(unit: unit)
      }
      grids[.hidden(stage.name)] = .hidden(tableUnit: rounded.tableUnit)
      grids[.gamma(stage.name)] = .gamma(rounded.grid)
      grids[.beta(stage.name)] = .beta(rounded.grid)
      return network.codes(norm, inputScale: inputScale, factorScale: rounded.grid.factorScale)
    }
  }

  /// The generator with the weights that some sources of error change.
  func generator(with sources: Set<ErrorSource>) -> Generator {
    var generator = exact
    let firstSource = exact.configuration.hasStyleLayer ? ErrorSource.weights : .wide
    if sources.contains(firstSource) { generator.first = first }
    if sources.contains(.weights) { generator.firstStyle = firstStyle }
    if sources.contains(.weights) { generator.picture = picture }
    for index in generator.blocks.indices {
      let block = exact.blocks[index]
      generator.blocks[index] = Block(
        shape: block.shape, norm0: layer(block.norm0, sources), conv0: convolution(block.conv0, sources),
        norm1: layer(block.norm1, sources), conv1: convolution(block.conv1, sources),
        shortcut: block.shortcut.map { (layer($0.norm, sources), convolution($0.conv, sources)) })
    }
    return generator
  }

  private func convolution(_ exact: Convolution, _ sources: Set<ErrorSource>) -> Convolution {
    sources.contains(.weights) ? convolutions[exact.name] ?? exact : exact
  }

  private func layer(_ exact: SpadeLayer, _ sources: Set<ErrorSource>) -> SpadeLayer {
    var layer = exact
    switch (layers[exact.name]?.modulation, exact.modulation) {
    case (.dense(let rounded)?, .dense(var dense)):
      if sources.contains(.hidden) { dense.shared = rounded.shared }
      if sources.contains(.affineWeights) { (dense.gamma, dense.beta) = (rounded.gamma, rounded.beta) }
      layer.modulation = .dense(dense)
    case (.separable(let rounded)?, .separable(var separable)):
      if sources.contains(.hidden) { separable.shared = rounded.shared }
      if sources.contains(.affineWeights) {
        (separable.gamma, separable.beta) = (rounded.gamma, rounded.beta)
      }
      layer.modulation = .separable(separable)
    default: break
    }
    return layer
  }
}

extension Block {
  fileprivate var convolutions: [Convolution] { (shortcut.map { [$0.conv] } ?? []) + [conv0, conv1] }
}
