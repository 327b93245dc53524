import SpadeModel

extension StepShape {
  /// A step of a file.
  public init(_ step: Step, _ model: Model) {
    let rowCount = step.rows.count
    switch step.operation {
    case .windows(let level):
      self = .windows(WindowsShape(rowCount: rowCount, width: Int(model.level(level).width)))
    case .hidden(let norm, let bias):
      let windows = model.windowAffine(norm)
      self = .hidden(
        HiddenShape(
          pixelCount: rowCount * Int(model.level(windows.level).width),
          table: TableShape(model.table(windows.table)),
          usedChannels: Int(model.product(windows.product).usedDepth),
          inputChannelCount: model.inputChannelCount(bias)))
    case .affine(let norm):
      let windows = model.windowAffine(norm)
      self = .affine(
        AffineShape(
          pixelCount: rowCount * Int(model.level(windows.level).width),
          product: ProductShape(model.product(windows.product)),
          tapRowCapacity: Int(model.configuration.tapRowCapacity), features: FeatureShape(windows, model)))
    case .modulate(let modulation):
      let norm = model.norm(modulation.norm)
      self = .modulate(
        ModulationShape(
          rowCount: rowCount, width: Int(model.buffer(modulation.output).width), channels: Int(norm.channels),
          inputWidth: Int(model.buffer(modulation.input).width), inputShift: modulation.inputShift,
          isConstant: norm.isConstant))
    case .convolve(let convolution):
      self = .convolve(ConvolutionShape(convolution, rowCount: rowCount, model))
    case .picture(let product, let input):
      self = .picture(
        ConvolutionShape(
          model.buffer(input), ProductShape(model.product(product)), rowCount: rowCount, outputChannels: 3))
    case .normalize(let normalization):
      let output = model.buffer(normalization.output)
      self = .normalize(
        NormalizationShape(pixelCount: rowCount * Int(output.width), channels: Int(output.channels)))
    case .labelFirst(let table, let bias, let output):
      let output = model.buffer(output)
      self = .labelFirst(
        LabelFirstShape(
          rowCount: rowCount, width: Int(output.width), table: TableShape(model.table(table)),
          usedChannels: Int(output.usedChannels), inputChannelCount: model.inputChannelCount(bias)))
    case .styleFirst(let product, _, _): self = .styleFirst(ProductShape(model.product(product)))
    case .statistics(let norm):
      let windows = model.windowAffine(norm)
      self = .statistics(
        StatisticsShape(
          width: Int(model.level(windows.level).width), table: TableShape(model.table(windows.table)),
          // Safe: the loader refuses such steps of other norms.
          features: FeatureShape(windows, model).unsafelyUnwrapped))
    case .styleBias(let product, _, _): self = .styleBias(ProductShape(model.product(product)))
    }
  }
}

extension FeatureShape {
  /// - Returns: `nil` for a norm without features.
  fileprivate init?(_ windows: WindowAffine, _ model: Model) {
    guard windows.features != nil else { return nil }
    let table = model.table(windows.table)
    self.init(
      kernelSize: Int(table.kernelSize), hiddenChannels: Int(table.channels),
      usedChannels: Int(model.product(windows.product).usedDepth))
  }
}

extension ConvolutionShape {
  /// A convolution of a file, of `rowCount` rows.
  public init(_ convolution: StepOperation.Convolution, rowCount: Int, _ model: Model) {
    let product = ProductShape(model.product(convolution.product))
    self.init(
      model.buffer(convolution.input), product, rowCount: rowCount,
      outputChannels: Int(model.buffer(convolution.output).channels))
    residualShift = convolution.residual?.shift
    workspaceTileCount = convolution.workspace.map {
      ModelFormat.winogradTileCount(
        workspaceByteCount: Int(model.buffer($0).byteCount), depth: product.depth)
    }
  }

  /// A product of the codes in `input`, without a residual or a workspace.
  fileprivate init(_ input: BufferRecord, _ product: ProductShape, rowCount: Int, outputChannels: Int) {
    self.init(
      rowCount: rowCount, height: Int(input.height), width: Int(input.width), product: product,
      isFine: Int(input.channels) != product.depth, outputChannels: outputChannels, residualShift: nil,
      workspaceTileCount: nil)
  }
}

extension Model {
  /// Channels of the one-hot input.
  public var inputChannelCount: Int { labelCount + (hasEdges ? 1 : 0) }

  /// With the style, where it goes along with the labels.
  fileprivate func inputChannelCount(_ bias: BufferIndex?) -> Int {
    inputChannelCount + (bias == nil ? 0 : styleCount)
  }
}

extension NormRecord {
  /// Whether A and B are the same at every pixel.
  fileprivate var isConstant: Bool {
    if case .constant = source { true } else { false }
  }
}
