extension Model {
  /// Checks everything that does not need to know what a section holds: magic, version, sizes, checksums.
  static func checkContainer(_ bytes: UnsafeRawBufferPointer, base: UnsafeRawPointer) throws(ModelError) {
    let magic = base.load(as: UInt64.self)
    guard magic == ModelFormat.magic else { throw .badMagic(found: magic) }
    let version = base.load(fromByteOffset: 8, as: UInt32.self)
    guard version == ModelFormat.version else {
      throw .unsupportedVersion(found: version, supported: ModelFormat.version)
    }
    let stored = base.load(fromByteOffset: ModelFormat.headerChecksumOffset, as: UInt64.self)
    let header = UnsafeRawBufferPointer(start: base, count: ModelFormat.headerChecksumOffset)
    let computed = Checksum.of(header)
    guard stored == computed else { throw .headerChecksum(stored: stored, computed: computed) }

    let storedSize = base.load(fromByteOffset: 16, as: UInt64.self)
    guard storedSize == UInt64(bytes.count) else {
      throw .fileSize(stored: storedSize, found: UInt64(bytes.count))
    }
    var end = UInt64(ModelFormat.headerByteCount)
    for index in 0..<Section.count {
      let section = Section(rawValue: index).unsafelyUnwrapped
      let record = sectionRecord(index, base: base)
      let (sum, overflow) = end.addingReportingOverflow(record.byteCount)
      guard !overflow, sum <= storedSize, record.byteCount % UInt64(ModelFormat.alignment) == 0 else {
        throw .sectionSize(section: section, byteCount: record.byteCount)
      }
      end = sum
    }
    guard end == storedSize else { throw .fileSize(stored: storedSize, found: end) }

    var offset = ModelFormat.headerByteCount
    for index in 0..<Section.count {
      let section = Section(rawValue: index).unsafelyUnwrapped
      let record = sectionRecord(index, base: base)
      let bytes = UnsafeRawBufferPointer(start: base + offset, count: Int(record.byteCount))
      let computed = Checksum.of(bytes)
      guard computed == record.checksum else {
        throw .sectionChecksum(section: section, stored: record.checksum, computed: computed)
      }
      offset += Int(record.byteCount)
    }
  }
}
