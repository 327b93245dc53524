import SpadeModel

/// A model file whose network cannot be read back: no compiler of Spade lays out steps and buffers like that.
public struct UnfamiliarModel: Error {}

extension QuantizedNetwork {
  /// The network of a model file: the reverse of lowering. Stages are what steps of one kind do with one operand, in the order
  /// of the first steps; tensors are the buffers that are no raw ones.
  init(_ model: Model) throws(UnfamiliarModel) {
    configuration = try GeneratorConfiguration(model)
    weights = WeightStore(bytes: [UInt8](model.section(.weights)))
    levels = List(
      (0..<model.levelCount).map { index in
        let level = model.level(LevelIndex(index))
        return Level(width: Int(level.width), height: Int(level.height), shift: Int(level.shift))
      })
    tables = List((0..<model.tableCount).map { StoredTable(model.table(TableIndex($0))) })
    setStyles(model)
    products = List((0..<model.productCount).map { StoredProduct(model.product(ProductIndex($0)), model) })
    norms = List((0..<model.normCount).map { StoredNorm(model.norm(NormIndex($0)), model) })
    var reader = StageReader(model)
    try reader.read()
    tensors = List(reader.tensors)
    stages = List(reader.stages)
    guard case .picture? = stages.last?.operation else { throw UnfamiliarModel() }
  }
}

extension QuantizedNetwork {
  /// Finds the products of the style that goes along with the labels: what they make is the bias of a table.
  private mutating func setStyles(_ model: Model) {
    var products: [BufferIndex: StoredProduct.Index] = [:]
    for index in 0..<model.stepCount {
      let table: TableIndex
      let bias: BufferIndex?
      switch model.step(StepIndex(index)).operation {
      case .styleBias(let product, _, let bias):
        products[bias] = StoredProduct.Index(Int(product))
        continue
      case .hidden(let norm, let given): (table, bias) = (model.windowAffine(norm).table, given)
      case .labelFirst(let first, let given, _): (table, bias) = (first, given)
      default: continue
      }
      if let bias { tables[StoredTable.Index(Int(table))].style = products[bias] }
    }
  }
}

/// Finds stages among the steps of a file.
private struct StageReader {
  let model: Model
  private(set) var tensors: [ActivationTensor] = []
  private(set) var stages: [Stage] = []
  private var tensorIndices: [BufferIndex: ActivationTensor.Index] = [:]
  private var seen: Set<Key> = []
  private var blocks: [NameIndex] = []

  private struct Key: Hashable {
    var kind: UInt32
    var operand: UInt32
    var output: UInt32
  }

  init(_ model: Model) { self.model = model }

  mutating func read() throws(UnfamiliarModel) {
    for index in (0..<model.bufferCount).map({ BufferIndex($0) }) {
      let buffer = model.buffer(index)
      guard let encoding = ActivationTensor.Encoding(buffer) else { continue }
      tensorIndices[index] = ActivationTensor.Index(tensors.count)
      tensors.append(
        ActivationTensor(
          name: model.text(buffer.name), encoding: encoding, width: Int(buffer.width),
          height: Int(buffer.height), channelCount: Int(buffer.usedChannels)))
    }
    for index in 0..<model.stepCount {
      let step = model.step(StepIndex(index))
      let record = StepRecord(step)
      let key = Key(kind: record.kind, operand: record.operand, output: record.output)
      switch step.operation {
      case .windows, .hidden, .affine, .statistics, .styleBias: continue
      default: if seen.insert(key).inserted { try add(step) }
      }
    }
  }

  private mutating func add(_ step: Step) throws(UnfamiliarModel) {
    if !blocks.contains(step.block) { blocks.append(step.block) }
    let operation = try operation(step.operation)
    let output = operation.output.map { tensors[$0.position] }
    stages.append(
      Stage(
        name: model.text(step.name.rawValue), block: model.text(step.block.rawValue),
        // The first grid goes with the first block.
        blockIndex: max(blocks.count - 2, 0), operation: operation, width: output?.width ?? model.width,
        height: output?.height ?? model.height))
  }

  private func operation(_ operation: StepOperation) throws(UnfamiliarModel) -> StageOperation {
    switch operation {
    case .windows, .hidden, .affine, .statistics, .styleBias: throw UnfamiliarModel()
    case .labelFirst(let table, _, let output):
      return .labelFirst(StoredTable.Index(Int(table)), output: try tensor(output))
    case .styleFirst(let product, _, let output):
      return .styleFirst(StoredProduct.Index(Int(product)), output: try tensor(output))
    case .normalize(let normalization):
      return .normalize(input: try tensor(normalization.input), output: try tensor(normalization.output))
    case .modulate(let modulation):
      return .modulate(
        StageOperation.Modulation(
          norm: StoredNorm.Index(Int(modulation.norm)), input: try tensor(modulation.input),
          shift: modulation.inputShift, output: try tensor(modulation.output)))
    case .convolve(let convolution):
      return .convolve(
        StageOperation.Convolution(
          product: StoredProduct.Index(Int(convolution.product)), input: try tensor(convolution.input),
          output: try tensor(convolution.output), residual: try residual(of: convolution)))
    case .picture(let product, let input):
      return .picture(StoredProduct.Index(Int(product)), input: try tensor(input))
    }
  }

  private func residual(
    of convolution: StepOperation.Convolution
  ) throws(UnfamiliarModel) -> StageOperation.Residual? {
    guard let added = convolution.residual else { return nil }
    let tensor = try tensor(added.buffer)
    let maker = convolution.isInPlace ? stages.lastIndex { $0.operation.output == tensor } : nil
    return StageOperation.Residual(
      tensor: tensor, shift: added.shift, scale: added.scale, stage: maker.map { Stage.Index($0) })
  }

  private func tensor(_ buffer: BufferIndex) throws(UnfamiliarModel) -> ActivationTensor.Index {
    guard let index = tensorIndices[buffer] else { throw UnfamiliarModel() }
    return index
  }
}

extension ActivationTensor.Encoding {
  fileprivate init?(_ buffer: BufferRecord) {
    switch BufferKind(rawValue: buffer.kind) {
    case .wide: self = .wide(scale: buffer.scale)
    case .codes:
      // Fine codes have two bytes for each channel.
      let channels = ModelFormat.padded(Int(buffer.usedChannels), to: ModelFormat.channelBlock)
      self = Int(buffer.channels) == 2 * channels ? .fineCodes : .codes
    case .raw, nil: return nil
    }
  }
}

extension GeneratorConfiguration {
  /// - Throws: Where the unknown class is not the last, which no checkpoint has.
  fileprivate init(_ model: Model) throws(UnfamiliarModel) {
    let record = model.configuration
    let hasUnknownClass = model.unknownLabel != nil
    let upsampling = Upsampling.allCases.first { $0.doublingCount == Int(record.doublingCount) }
    guard !hasUnknownClass || record.unknownLabel + 1 == record.labelCount, let upsampling else {
      throw UnfamiliarModel()
    }
    self.init(
      classCount: Int(record.labelCount) - (hasUnknownClass ? 1 : 0), hasUnknownClass: hasUnknownClass,
      hasEdges: record.hasEdges != 0, channelUnit: Int(record.channelUnit),
      hiddenChannelCount: Int(record.hiddenChannelCount), kernelSize: Int(record.kernelSize),
      normalization: record.normalization == 0 ? .batch : .instance, upsampling: upsampling,
      width: Int(record.width), height: Int(record.height),
      styleCount: record.styleCount == 0 ? nil : Int(record.styleCount))
  }
}

extension StoredTable {
  fileprivate init(_ record: TableRecord) {
    self.init(
      rows: WeightPlace(record.rows), bias: WeightPlace(record.bias), channels: Int(record.channels),
      kernelSize: Int(record.kernelSize))
  }
}

extension StoredProduct {
  fileprivate init(_ record: ProductRecord, _ model: Model) {
    self.init(
      name: model.text(record.name), panels: WeightPlace(record.panels), scale: WeightPlace(record.scale),
      panelCount: Int(record.panelCount), kernelSize: Int(record.kernelSize), depth: Int(record.depth),
      usedDepth: Int(record.usedDepth), usedColumns: Int(record.usedColumns))
  }
}

extension StoredNorm {
  fileprivate init(_ record: NormRecord, _ model: Model) {
    let source: Source =
      switch record.source {
      case .windows(let windows):
        .windows(
          Windows(
            level: Level.Index(Int(windows.level)), hidden: StoredTable.Index(Int(windows.table)),
            affine: StoredProduct.Index(Int(windows.product)),
            features: windows.features.map { WeightPlace($0) }))
      case .constant(let place): .constant(WeightPlace(place))
      case .symbols(let place): .symbols(WeightPlace(place))
      }
    self.init(
      name: model.text(record.name), source: source, channels: Int(record.channels),
      scale: WeightPlace(record.scale), zeroPoint: WeightPlace(record.zeroPoint),
      biasFactor: Int(record.biasFactor), slope: record.slope, isFine: record.isFine == 1)
  }
}

extension WeightPlace {
  fileprivate init(_ field: UInt32) { self.init(blockCount: Int(field)) }
}

extension Model {
  fileprivate func text(_ name: UInt32) -> String {
    String(decoding: self.name(NameIndex(rawValue: name)), as: UTF8.self)
  }
}
