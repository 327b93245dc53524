/// A checked model file in memory. Nothing is copied: the bytes must outlive the value.
///
/// `init(checking:)` verifies the file once; after that every access is in range (see `Loading`).
public struct Model {
  public let bytes: UnsafeRawBufferPointer
  public let configuration: ConfigurationRecord
  /// Arena bytes without the parts that grow with the thread count.
  public let planByteCount: Int
  /// The most features of a norm; 0 where none has separable convolutions.
  public private(set) var featureCount = 0
  let base: UnsafeRawPointer

  /// Checks `bytes` from the magic number to the last step.
  /// - Parameter bytes: A whole model file, 64-byte aligned.
  public init(checking bytes: UnsafeRawBufferPointer) throws(ModelError) {
    guard bytes.count >= ModelFormat.headerByteCount, let base = bytes.baseAddress else {
      throw .tooShort(byteCount: bytes.count, required: ModelFormat.headerByteCount)
    }
    guard UInt(bitPattern: base) % UInt(ModelFormat.alignment) == 0 else { throw .misalignedFile }
    self.bytes = bytes
    self.base = base
    try Self.checkContainer(bytes, base: base)
    let configurationBytes = Self.section(.configuration, base: base)
    guard configurationBytes.count >= MemoryLayout<ConfigurationRecord>.size else {
      throw .sectionTooShort(
        section: .configuration, byteCount: configurationBytes.count,
        required: MemoryLayout<ConfigurationRecord>.size)
    }
    configuration = configurationBytes.load(as: ConfigurationRecord.self)
    planByteCount = Int(base.load(fromByteOffset: 24, as: UInt32.self))
    try checkRecords()
    featureCount = mostFeatures
    try checkSteps()
    try checkTest()
    try checkEncoder()
  }

  /// The bytes of a section, its padding included.
  public func section(_ section: Section) -> UnsafeRawBufferPointer { Self.section(section, base: base) }

  static func section(_ section: Section, base: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    var offset = ModelFormat.headerByteCount
    for index in 0..<section.rawValue { offset += Int(sectionRecord(index, base: base).byteCount) }
    let count = Int(sectionRecord(section.rawValue, base: base).byteCount)
    // Safe: checkContainer found the sections to end exactly at the end of the file.
    return UnsafeRawBufferPointer(start: base + offset, count: count)
  }

  static func sectionRecord(_ index: Int, base: UnsafeRawPointer) -> SectionRecord {
    base.load(
      fromByteOffset: ModelFormat.sectionTableOffset + index * MemoryLayout<SectionRecord>.size,
      as: SectionRecord.self)
  }

  public var width: Int { Int(configuration.width) }
  public var height: Int { Int(configuration.height) }
  public var labelCount: Int { Int(configuration.labelCount) }
  /// What a pixel of a label map may be: an id, with instance borders twice as many.
  public var symbolCount: Int { labelCount * (hasEdges ? 2 : 1) }
  public var hasEdges: Bool { configuration.hasEdges != 0 }
  public var styleCount: Int { Int(configuration.styleCount) }
  public var stepCount: Int { Int(configuration.stepCount) }
  public var bufferCount: Int { Int(configuration.bufferCount) }
  public var levelCount: Int { Int(configuration.levelCount) }
  public var normCount: Int { Int(configuration.normCount) }
  public var tableCount: Int { Int(configuration.tableCount) }
  public var productCount: Int { Int(configuration.productCount) }
  /// Bytes of the picture: RGB8, interleaved, rows from the top.
  public var pictureByteCount: Int { width * height * 3 }

  /// The id of unknown pixels, where the network has one.
  public var unknownLabel: Int? {
    configuration.unknownLabel == ModelFormat.none ? nil : Int(configuration.unknownLabel)
  }

  /// Multiply-adds of the network as dense convolutions of the one-hot map.
  public var denseProductCount: UInt64 {
    UInt64(configuration.denseProductsHigh) << 32 | UInt64(configuration.denseProductsLow)
  }

  // For the loader, which reads records before their indices are checked.
  func buffer(_ index: Int) -> BufferRecord { record(.buffers, index) }
  func level(_ index: Int) -> LevelRecord { record(.levels, index) }
  func table(_ index: Int) -> TableRecord { record(.tables, index) }
  func product(_ index: Int) -> ProductRecord { record(.products, index) }
  func norm(_ index: Int) -> NormRecord { record(.norms, index) }
  func step(_ index: Int) -> StepRecord { record(.steps, index) }

  public func buffer(_ index: BufferIndex) -> BufferRecord { record(.buffers, Int(index)) }
  public func level(_ index: LevelIndex) -> LevelRecord { record(.levels, Int(index)) }
  public func table(_ index: TableIndex) -> TableRecord { record(.tables, Int(index)) }
  public func product(_ index: ProductIndex) -> ProductRecord { record(.products, Int(index)) }
  public func norm(_ index: NormIndex) -> NormRecord { record(.norms, Int(index)) }

  /// The windows, table, product and buffers of a norm that a `hidden` or `affine` step names.
  public func windowAffine(_ norm: NormIndex) -> WindowAffine {
    // Safe: checkSteps refuses such steps for norms that have none.
    self.norm(norm).windowAffine.unsafelyUnwrapped
  }

  /// Step `index` with typed operands.
  public func step(_ index: StepIndex) -> Step {
    let record: StepRecord = record(.steps, Int(index))
    return Step(
      // Safe: checkSteps refuses unknown kinds, and rows that end before they begin.
      operation: record.operation.unsafelyUnwrapped,
      rows: Range(uncheckedBounds: (Int(record.rowStart), Int(record.rowEnd))),
      name: NameIndex(rawValue: record.name), block: NameIndex(rawValue: record.block))
  }

  private func record<Record>(_ section: Section, _ index: Int) -> Record {
    // Safe: checkRecords compared every count with its section; indices in records are below those counts.
    self.section(section).load(fromByteOffset: index * MemoryLayout<Record>.stride, as: Record.self)
  }

  /// The UTF-8 bytes of a name, without padding.
  public func name(_ index: NameIndex) -> UnsafeRawBufferPointer {
    let start = self.section(.names).baseAddress! + Int(index) * ModelFormat.nameByteCount
    var count = 0
    while count < ModelFormat.nameByteCount, start.load(fromByteOffset: count, as: UInt8.self) != 0 {
      count += 1
    }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// Weights `offset` 64-byte units from the start of their section.
  public func weights(_ offset: UInt32) -> UnsafeRawPointer {
    // Safe: checkRecords compared every offset and length with the section.
    weightBase + Int(offset) * ModelFormat.alignment
  }

  private var weightBase: UnsafeRawPointer { section(.weights).baseAddress! }

  /// The UTF-8 JSON of the metadata section.
  public var metadata: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: section(.metadata)[0..<Int(configuration.metadataByteCount)])
  }
}
