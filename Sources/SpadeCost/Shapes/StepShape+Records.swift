import SpadeModel

extension StepShape {
  /// A step of a file.
  public init(_ step: StepRecord, _ model: Model) {
    let rowCount = Int(step.rowEnd - step.rowStart)
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows:
      self = .windows(
        WindowsShape(rowCount: rowCount, width: Int(model.level(Int(step.operand)).width)))
    case .hidden:
      let norm = model.norm(Int(step.operand))
      self = .hidden(
        HiddenShape(
          pixelCount: rowCount * Int(model.level(Int(norm.level)).width),
          table: TableShape(model.table(Int(norm.table))),
          usedChannels: Int(model.product(Int(norm.product)).usedDepth),
          inputChannelCount: model.inputChannelCount))
    case .affine:
      let norm = model.norm(Int(step.operand))
      self = .affine(
        AffineShape(
          pixelCount: rowCount * Int(model.level(Int(norm.level)).width),
          product: ProductShape(model.product(Int(norm.product))),
          tapRowCapacity: Int(model.configuration.tapRowCapacity)))
    case .modulate:
      let output = model.buffer(Int(step.output))
      self = .modulate(
        ModulationShape(
          rowCount: rowCount, width: Int(output.width),
          channels: Int(model.norm(Int(step.operand)).channels),
          inputWidth: Int(model.buffer(Int(step.input)).width), inputShift: Int(step.inputShift),
          isConstant: model.norm(Int(step.operand)).level == ModelFormat.none))
    case .convolve: self = .convolve(ConvolutionShape(step, model))
    case .picture: self = .picture(ConvolutionShape(step, model))
    case .normalize:
      let output = model.buffer(Int(step.output))
      self = .normalize(
        NormalizationShape(pixelCount: rowCount * Int(output.width), channels: Int(output.channels)))
    case .labelFirst:
      let output = model.buffer(Int(step.output))
      self = .labelFirst(
        LabelFirstShape(
          rowCount: rowCount, width: Int(output.width), table: TableShape(model.table(Int(step.operand))),
          usedChannels: Int(output.usedChannels), inputChannelCount: model.inputChannelCount))
    case .styleFirst: self = .styleFirst(ProductShape(model.product(Int(step.operand))))
    }
  }
}

extension ConvolutionShape {
  /// A convolution of a file, or its picture convolution.
  public init(_ step: StepRecord, _ model: Model) {
    let input = model.buffer(Int(step.input))
    let product = ProductShape(model.product(Int(step.operand)))
    let isPicture = step.kind == StepKind.picture.rawValue
    let hasWorkspace = step.workspace != ModelFormat.none
    self.init(
      rowCount: Int(step.rowEnd - step.rowStart), height: Int(input.height), width: Int(input.width),
      product: product, isFine: Int(input.channels) != product.depth,
      outputChannels: isPicture ? 3 : Int(model.buffer(Int(step.output)).channels),
      residualShift: step.residual == ModelFormat.none ? nil : Int(step.residualShift),
      workspaceTileCount: hasWorkspace
        ? ModelFormat.winogradTileCount(
          workspaceByteCount: Int(model.buffer(Int(step.workspace)).byteCount), depth: product.depth)
        : nil)
  }
}

extension Model {
  /// Channels of the one-hot input.
  public var inputChannelCount: Int { labelCount + (hasEdges ? 1 : 0) }
}
