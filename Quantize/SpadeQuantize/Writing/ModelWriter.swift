import SpadeModel

/// Lays out a model file.
struct ModelWriter {
  private var sections = [[UInt8]](repeating: [], count: Section.count)
  private let planByteCount: Int

  /// - Parameters:
  ///   - encoder: The style encoder's section, if there is one.
  ///   - metadata: JSON.
  init(
    _ network: QuantizedNetwork, _ plan: Plan, encoder: EncoderSection? = nil, metadata: [UInt8] = []
  ) {
    self.init(network, plan, encoderChannelUnit: encoder?.channelUnit ?? 0, metadata: metadata)
    set(.encoder, encoder?.bytes ?? [])
  }

  /// The file with another plan: its test case and its style encoder stay as they are.
  init(_ network: QuantizedNetwork, _ plan: Plan, keepingTestOf model: Model, metadata: [UInt8]) {
    self.init(
      network, plan, encoderChannelUnit: Int(model.configuration.encoderChannelUnit), metadata: metadata)
    for section in [Section.test, .encoder] { set(section, [UInt8](model.section(section))) }
  }

  private init(_ network: QuantizedNetwork, _ plan: Plan, encoderChannelUnit: Int, metadata: [UInt8]) {
    planByteCount = plan.byteCount
    let lowering = Lowering(network, plan)
    let configuration = lowering.configuration(
      metadataByteCount: metadata.count, encoderChannelUnit: encoderChannelUnit)
    set(.configuration, records: [configuration])
    set(names: lowering.names.names)
    set(.buffers, records: lowering.buffers)
    set(.levels, records: lowering.levels)
    set(.tables, records: lowering.tables)
    set(.products, records: lowering.products)
    set(.norms, records: lowering.norms)
    set(.steps, records: lowering.steps)
    set(.weights, network.weights.bytes)
    set(.metadata, metadata)
  }

  mutating func set(_ test: TestCase) { set(.test, test.bytes) }

  private mutating func set(_ section: Section, _ bytes: [UInt8]) { sections[section.rawValue] = bytes }

  private mutating func set<Record>(_ section: Section, records: [Record]) {
    records.withUnsafeBytes { set(section, [UInt8]($0)) }
  }

  /// Names as fixed-size, zero-padded UTF-8.
  private mutating func set(names: [String]) {
    var bytes: [UInt8] = []
    for name in names {
      let utf8 = [UInt8](name.utf8.prefix(ModelFormat.nameByteCount))
      bytes += utf8 + [UInt8](repeating: 0, count: ModelFormat.nameByteCount - utf8.count)
    }
    set(.names, bytes)
  }

  /// The file: header, then the sections, each padded with zeros to a multiple of 64 bytes.
  func file() -> [UInt8] {
    let padded = sections.map { section in
      section
        + [UInt8](
          repeating: 0, count: ModelFormat.padded(section.count, to: ModelFormat.alignment) - section.count)
    }
    var file = [UInt8](repeating: 0, count: ModelFormat.headerByteCount)
    file.reserveCapacity(padded.reduce(file.count) { $0 + $1.count })
    file.withUnsafeMutableBytes { header in
      header.storeBytes(of: ModelFormat.magic, as: UInt64.self)
      header.storeBytes(of: ModelFormat.version, toByteOffset: 8, as: UInt32.self)
      header.storeBytes(of: UInt32(ModelFormat.headerByteCount), toByteOffset: 12, as: UInt32.self)
      let byteCount = padded.reduce(header.count) { $0 + $1.count }
      header.storeBytes(of: UInt64(byteCount), toByteOffset: 16, as: UInt64.self)
      header.storeBytes(of: UInt32(planByteCount), toByteOffset: 24, as: UInt32.self)
      for (index, section) in padded.enumerated() {
        let record = SectionRecord(
          byteCount: UInt64(section.count), checksum: section.withUnsafeBytes { Checksum.of($0) })
        header.storeBytes(
          of: record, toByteOffset: ModelFormat.sectionTableOffset + index * MemoryLayout<SectionRecord>.size,
          as: SectionRecord.self)
      }
      let covered = UnsafeRawBufferPointer(rebasing: header[0..<ModelFormat.headerChecksumOffset])
      header.storeBytes(
        of: Checksum.of(covered), toByteOffset: ModelFormat.headerChecksumOffset, as: UInt64.self)
    }
    for section in padded { file += section }
    return file
  }
}
