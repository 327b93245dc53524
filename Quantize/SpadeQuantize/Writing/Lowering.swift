import SpadeModel

/// A network and its plan as the records of a model file. Indices become the file's, optionals its `none`.
struct Lowering {
  private let network: QuantizedNetwork
  private let plan: Plan
  private(set) var names = NameTable()
  private(set) var buffers: [BufferRecord] = []
  private(set) var levels: [LevelRecord] = []
  private(set) var tables: [TableRecord] = []
  private(set) var products: [ProductRecord] = []
  private(set) var norms: [NormRecord] = []
  private(set) var steps: [StepRecord] = []

  init(_ network: QuantizedNetwork, _ plan: Plan) {
    self.network = network
    self.plan = plan
    tables = network.tables.map(TableRecord.init)
    products = network.products.map { record($0) }
    norms = network.norms.indices.map { record($0) }
    for stage in network.stages.reversed() {
      _ = names.index(stage.name)
      _ = names.index(stage.block)
    }
    buffers = plan.buffers.map { record($0) }
    levels = network.levels.indices.map { LevelRecord(network.levels[$0], plan.levels[$0]) }
    steps = plan.steps.indices.map { record(ofStep: $0) }
  }

  private mutating func record(_ product: StoredProduct) -> ProductRecord {
    var record = ProductRecord()
    record.panels = UInt32(product.panels)
    record.panelCount = UInt32(product.panelCount)
    record.kernelSize = UInt32(product.kernelSize)
    record.depth = UInt32(product.depth)
    record.scale = UInt32(product.scale)
    record.usedDepth = UInt32(product.usedDepth)
    record.usedColumns = UInt32(product.usedColumns)
    record.name = names.index(product.name).rawValue
    return record
  }

  private mutating func record(_ index: StoredNorm.Index) -> NormRecord {
    let norm = network.norms[index]
    var record = NormRecord()
    record.channels = UInt32(norm.channels)
    record.set(source(index))
    record.scale = UInt32(norm.scale)
    record.zeroPoint = UInt32(norm.zeroPoint)
    record.biasFactor = UInt32(norm.biasFactor)
    record.slope = norm.slope
    record.isFine = norm.isFine ? 1 : 0
    record.name = names.index(norm.name).rawValue
    return record
  }

  private func source(_ index: StoredNorm.Index) -> NormSource {
    switch network.norms[index].source {
    case .constant(let place): return .constant(UInt32(place))
    case .symbols(let place): return .symbols(UInt32(place))
    case .windows(let windows):
      // Safe: the planner gives buffers to each norm that reads windows.
      let buffers = plan.norms[index].unsafelyUnwrapped
      return .windows(
        WindowAffine(
          level: LevelIndex(windows.level.position), table: TableIndex(windows.hidden.position),
          product: ProductIndex(windows.affine.position), features: windows.features.map { UInt32($0) },
          hiddenBuffer: BufferIndex(buffers.hidden.position),
          affineBuffer: BufferIndex(buffers.affine.position)))
    }
  }

  private mutating func record(_ buffer: PlannedBuffer) -> BufferRecord {
    var record = BufferRecord()
    record.offset = UInt32(buffer.offset)
    record.byteCount = UInt32(buffer.byteCount)
    record.kind = BufferKind.raw.rawValue
    record.firstStep = UInt32(buffer.life.lowerBound)
    record.lastStep = UInt32(buffer.life.upperBound)
    record.name = names.index(name(of: buffer.contents)).rawValue
    if case .tensor(let index, let rowCapacity) = buffer.contents {
      let tensor = network.tensors[index]
      record.kind =
        switch tensor.encoding {
        case .wide: BufferKind.wide.rawValue
        case .codes, .fineCodes: BufferKind.codes.rawValue
        }
      record.rowCapacity = UInt32(rowCapacity)
      record.width = UInt32(tensor.width)
      record.height = UInt32(tensor.height)
      record.channels = UInt32(ModelFormat.padded(tensor.channelCount, to: ModelFormat.channelBlock))
      if tensor.encoding == .fineCodes { record.channels *= 2 }
      record.usedChannels = UInt32(tensor.channelCount)
      record.scale = tensor.scale
    }
    return record
  }

  private func name(of contents: PlannedBuffer.Contents) -> String {
    switch contents {
    case .tensor(let index, _): network.tensors[index].name
    case .windows(let index): "windows \(network.levels[index].width)x\(network.levels[index].height)"
    case .hidden(let index): network.norms[index].name + ".hidden"
    case .affine(let index): network.norms[index].name + ".affine"
    case .styleBias(let index): "style bias \(index.position)"
    case .symbols: "symbols"
    case .state: "state"
    case .workspace: "workspace"
    case .style: "style"
    }
  }

  private mutating func record(ofStep index: Int) -> StepRecord {
    let step = plan.steps[index]
    let stage = network.stages[step.stage]
    let operation: StepOperation =
      switch step.action {
      case .windows(let level): .windows(LevelIndex(level.position))
      case .hidden(let norm): hidden(norm)
      case .styleBias(let table): styleBias(table)
      case .affine(let norm): .affine(NormIndex(norm.position))
      case .statistics(let norm): .statistics(NormIndex(norm.position))
      case .stage: lowered(stage.operation, workspace: plan.workspaces[index])
      }
    return StepRecord(
      Step(
        operation: operation, rows: step.rows, name: names.index(stage.name), block: names.index(stage.block))
    )
  }

  private func lowered(
    _ operation: StageOperation, workspace: PlannedBuffer.Index?
  ) -> StepOperation {
    switch operation {
    case .labelFirst(let table, let output):
      return .labelFirst(
        TableIndex(table.position), bias: bias(of: table), output: buffer(output))
    case .styleFirst(let product, let output):
      // Safe: the planner gives a buffer to the style of a network that reads one.
      let codes = plan.style.unsafelyUnwrapped
      return .styleFirst(
        ProductIndex(product.position), codes: BufferIndex(codes.position), output: buffer(output))
    case .normalize(let input, let output):
      return .normalize(
        .init(
          input: buffer(input), output: buffer(output), scale: network.tensors[input].scale,
          inverseScale: 1 / network.tensors[output].scale))
    case .modulate(let modulation):
      return .modulate(
        .init(
          norm: NormIndex(modulation.norm.position), input: buffer(modulation.input),
          inputShift: modulation.shift, output: buffer(modulation.output)))
    case .convolve(let convolution):
      return .convolve(
        .init(
          product: ProductIndex(convolution.product.position), input: buffer(convolution.input),
          output: buffer(convolution.output),
          residual: convolution.residual.map {
            .init(buffer: buffer($0.tensor), shift: $0.shift, scale: $0.scale)
          },
          workspace: workspace.map { BufferIndex($0.position) }))
    case .picture(let product, let input):
      return .picture(ProductIndex(product.position), input: buffer(input))
    }
  }

  private func hidden(_ norm: StoredNorm.Index) -> StepOperation {
    .hidden(NormIndex(norm.position), bias: network.norms[norm].windows.flatMap { bias(of: $0.hidden) })
  }

  private func styleBias(_ table: StoredTable.Index) -> StepOperation {
    // Safe: such steps are made for tables with a style, and the planner gives buffers to those and to the style.
    let product = network.tables[table].style.unsafelyUnwrapped
    let (codes, bias) = (plan.style.unsafelyUnwrapped, bias(of: table).unsafelyUnwrapped)
    return .styleBias(
      ProductIndex(product.position), codes: BufferIndex(codes.position), bias: bias)
  }

  private func bias(of table: StoredTable.Index) -> BufferIndex? {
    plan.biases[table].map { BufferIndex($0.position) }
  }

  private func buffer(_ tensor: ActivationTensor.Index) -> BufferIndex {
    BufferIndex(plan.tensors[tensor].position)
  }

  /// The file's first record.
  func configuration(metadataByteCount: Int, encoderChannelUnit: Int) -> ConfigurationRecord {
    var record = ConfigurationRecord(network.configuration)
    let dense = UInt64(network.denseProductCount)
    record.denseProductsLow = UInt32(truncatingIfNeeded: dense)
    record.denseProductsHigh = UInt32(truncatingIfNeeded: dense >> 32)
    record.nameCount = UInt32(names.names.count)
    record.bufferCount = UInt32(buffers.count)
    record.levelCount = UInt32(levels.count)
    record.tableCount = UInt32(tables.count)
    record.productCount = UInt32(products.count)
    record.normCount = UInt32(norms.count)
    record.stepCount = UInt32(steps.count)
    record.metadataByteCount = UInt32(metadataByteCount)
    record.symbolBuffer = UInt32(plan.symbols)
    record.stateBuffer = UInt32(plan.state)
    record.tapRowCapacity = UInt32(plan.tapRowCapacity)
    record.usesWinograd = plan.usesWinograd ? 1 : 0
    if network.pictureChannelCount != network.configuration.channelUnit {
      record.pictureChannelCount = UInt32(network.pictureChannelCount)
    }
    record.encoderChannelUnit = UInt32(encoderChannelUnit)
    return record
  }
}

extension UInt32 {
  fileprivate init<Key>(_ index: IndexOf<Key>) { self.init(index.position) }
  fileprivate init(_ place: WeightPlace) { self.init(place.blockCount) }
}

extension TableRecord {
  fileprivate init(_ table: StoredTable) {
    self.init()
    rows = UInt32(table.rows)
    bias = UInt32(table.bias)
    channels = UInt32(table.channels)
    kernelSize = UInt32(table.kernelSize)
  }
}

extension LevelRecord {
  fileprivate init(_ level: Level, _ plan: PlannedLevel) {
    self.init()
    width = UInt32(level.width)
    height = UInt32(level.height)
    shift = UInt32(level.shift)
    innerCapacity = UInt32(plan.innerCapacity)
    outerCapacity = UInt32(plan.outerCapacity)
    buffer = UInt32(plan.buffer)
  }
}

extension ConfigurationRecord {
  /// The network's own fields.
  fileprivate init(_ configuration: GeneratorConfiguration) {
    self.init()
    width = UInt32(configuration.width)
    height = UInt32(configuration.height)
    labelCount = UInt32(configuration.labelCount)
    if configuration.hasUnknownClass { unknownLabel = UInt32(configuration.classCount) }
    hasEdges = configuration.hasEdges ? 1 : 0
    styleCount = UInt32(configuration.styleCount ?? 0)
    kernelSize = UInt32(configuration.kernelSize)
    hiddenChannelCount = UInt32(
      ModelFormat.padded(configuration.hiddenChannelCount, to: ModelFormat.channelBlock))
    channelUnit = UInt32(configuration.channelUnit)
    doublingCount = UInt32(configuration.upsampling.doublingCount)
    normalization = configuration.normalization == .batch ? 0 : 1
  }
}
