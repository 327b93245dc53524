import SpadeHostileFiles
import SpadeModel

/// The bytes of a model file that tests take apart, change and seal again.
public struct ModelFile: Sendable {
  public var bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where a section's bytes lie, its padding included.
  public func range(_ section: Section) -> Range<Int> {
    var start = ModelFormat.headerByteCount
    for index in 0..<section.rawValue { start += Int(sectionRecord(index).byteCount) }
    return start..<(start + Int(sectionRecord(section.rawValue).byteCount))
  }

  /// The bytes of `Record`s in a section that mean something.
  public func count(_ section: Section) -> Int {
    let c = configuration
    return switch section {
    case .configuration: 1
    case .names: Int(c.nameCount)
    case .buffers: Int(c.bufferCount)
    case .levels: Int(c.levelCount)
    case .tables: Int(c.tableCount)
    case .products: Int(c.productCount)
    case .norms: Int(c.normCount)
    case .steps: Int(c.stepCount)
    case .weights, .test, .encoder, .metadata: 0
    }
  }

  // MARK: Fields and records

  public func load<Value>(_ offset: Int, as type: Value.Type = Value.self) -> Value {
    bytes.withUnsafeBytes { $0.load(fromByteOffset: offset, as: type) }
  }

  public mutating func store<Value>(_ value: Value, _ offset: Int) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: offset, as: Value.self) }
  }

  public func sectionRecord(_ index: Int) -> SectionRecord {
    load(ModelFormat.sectionTableOffset + index * MemoryLayout<SectionRecord>.size)
  }

  public mutating func setSectionRecord(_ index: Int, _ record: SectionRecord) {
    store(record, ModelFormat.sectionTableOffset + index * MemoryLayout<SectionRecord>.size)
  }

  public var configuration: ConfigurationRecord {
    get { load(range(.configuration).lowerBound) }
    set { store(newValue, range(.configuration).lowerBound) }
  }

  /// Arena bytes of the plan.
  public var planByteCount: UInt32 {
    get { load(24) }
    set { store(newValue, 24) }
  }

  public subscript(buffer index: Int) -> BufferRecord {
    get { record(.buffers, index) }
    set { setRecord(.buffers, index, newValue) }
  }
  public subscript(level index: Int) -> LevelRecord {
    get { record(.levels, index) }
    set { setRecord(.levels, index, newValue) }
  }
  public subscript(table index: Int) -> TableRecord {
    get { record(.tables, index) }
    set { setRecord(.tables, index, newValue) }
  }
  public subscript(product index: Int) -> ProductRecord {
    get { record(.products, index) }
    set { setRecord(.products, index, newValue) }
  }
  public subscript(norm index: Int) -> NormRecord {
    get { record(.norms, index) }
    set { setRecord(.norms, index, newValue) }
  }
  public subscript(step index: Int) -> StepRecord {
    get { record(.steps, index) }
    set { setRecord(.steps, index, newValue) }
  }

  private func record<Record>(_ section: Section, _ index: Int) -> Record {
    load(range(section).lowerBound + index * MemoryLayout<Record>.stride)
  }

  private mutating func setRecord<Record>(_ section: Section, _ index: Int, _ record: Record) {
    store(record, range(section).lowerBound + index * MemoryLayout<Record>.stride)
  }

  /// Where weights at an offset of a record lie in the file.
  public func weights(_ offset: UInt32) -> Int {
    range(.weights).lowerBound + Int(offset) * ModelFormat.alignment
  }

  /// The first step of a kind for which `condition` holds, at or after `start`.
  public func firstStep(
    _ kind: StepKind, from start: Int = 0, where condition: (StepRecord) -> Bool = { _ in true }
  ) -> Int {
    (start..<count(.steps)).first { self[step: $0].kind == kind.rawValue && condition(self[step: $0]) }!
  }

  // MARK: Whole sections

  /// Gives a section another length, cut or filled with zeros; the file stays whole.
  public mutating func resize(_ section: Section, to byteCount: Int) {
    let range = range(section)
    let kept = bytes[range].prefix(byteCount)
    bytes.replaceSubrange(range, with: kept + [UInt8](repeating: 0, count: byteCount - kept.count))
    var record = sectionRecord(section.rawValue)
    record.byteCount = UInt64(byteCount)
    setSectionRecord(section.rawValue, record)
    store(UInt64(bytes.count), 16)
  }

  /// Makes all checksums right.
  public mutating func seal() {
    for section in 0..<Section.count {
      var record = sectionRecord(section)
      record.checksum = checksum(range(Section(rawValue: section)!))
      setSectionRecord(section, record)
    }
    sealHeader()
  }

  /// Makes the header's checksum right.
  public mutating func sealHeader() {
    store(checksum(0..<ModelFormat.headerChecksumOffset), ModelFormat.headerChecksumOffset)
  }

  public func checksum(_ range: Range<Int>) -> UInt64 {
    bytes.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// Why the loader refuses the bytes as they are; `nil` where it takes them.
  public var loadingError: ModelError? {
    let memory = GuardedMemory(bytes)
    defer { withExtendedLifetime(memory) {} }
    do throws(ModelError) {
      _ = try Model(checking: UnsafeRawBufferPointer(memory.bytes))
      return nil
    } catch {
      HostileFile.keep(bytes, kind: "spade", error: error)
      return error
    }
  }
}
