import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about the file as a whole.
@Suite struct HostileContainerTests {
  @Test func magic() throws {
    var file = try TinyNetwork.plain.file()
    file.store(UInt64(0x1122_3344), 0)
    #expect(file.loadingError == .badMagic(found: 0x1122_3344))
  }

  @Test func version() throws {
    var file = try TinyNetwork.plain.file()
    file.store(ModelFormat.version + 1, 8)
    #expect(
      file.loadingError
        == .unsupportedVersion(found: ModelFormat.version + 1, supported: ModelFormat.version))
  }

  @Test func headerChecksum() throws {
    var file = try TinyNetwork.plain.file()
    let stored: UInt64 = file.load(ModelFormat.headerChecksumOffset)
    file.planByteCount += 1
    let computed = file.checksum(0..<ModelFormat.headerChecksumOffset)
    #expect(file.loadingError == .headerChecksum(stored: stored, computed: computed))
  }

  @Test func empty() { #expect(ModelFile([]).loadingError == .tooShort(byteCount: 0, required: 256)) }

  @Test(arguments: [1, 8, 32]) func misaligned(offset: Int) throws {
    let file = try TinyNetwork.plain.file()
    let memory = GuardedMemory([UInt8](repeating: 0, count: offset) + file.bytes)
    #expect(throws: ModelError.misalignedFile) {
      _ = try Model(checking: UnsafeRawBufferPointer(rebasing: memory.bytes[offset...]))
    }
    withExtendedLifetime(memory) {}
  }

  @Test(arguments: [1, UInt64(Int64.max), UInt64.max - 63, 1 << 40])
  func sectionSize(byteCount: UInt64) throws {
    var file = try TinyNetwork.plain.file()
    var record = file.sectionRecord(3)
    record.byteCount = byteCount
    file.setSectionRecord(3, record)
    file.sealHeader()
    #expect(file.loadingError == .sectionSize(section: .levels, byteCount: byteCount))
  }

  @Test func sectionsDoNotFillTheFile() throws {
    var file = try TinyNetwork.plain.file()
    var record = file.sectionRecord(Section.metadata.rawValue)
    record.byteCount -= 64
    file.setSectionRecord(Section.metadata.rawValue, record)
    file.sealHeader()
    let count = UInt64(file.bytes.count)
    #expect(file.loadingError == .fileSize(stored: count, found: count - 64))
  }

  @Test func storedSizeIsNotTheFile() throws {
    var file = try TinyNetwork.plain.file()
    let count = UInt64(file.bytes.count)
    file.store(count + 64, 16)
    file.sealHeader()
    #expect(file.loadingError == .fileSize(stored: count + 64, found: count))
  }

  @Test func configurationTooShort() throws {
    var file = try TinyNetwork.plain.file()
    file.resize(.configuration, to: 64)
    file.seal()
    #expect(file.loadingError == .sectionTooShort(section: .configuration, byteCount: 64, required: 128))
  }

  static let counted: [(Section, Int)] = [
    (.names, 32), (.buffers, 64), (.levels, 32), (.tables, 16), (.products, 32), (.norms, 64), (.steps, 64),
  ]

  @Test(arguments: counted) func sectionTooShort(section: Section, stride: Int) throws {
    var file = try TinyNetwork.plain.file()
    let required = file.count(section) * stride
    let left = (required - 1) / 64 * 64
    file.resize(section, to: left)
    file.seal()
    #expect(
      file.loadingError == .sectionTooShort(section: section, byteCount: left, required: required))
  }

  @Test func metadata() throws {
    var file = try TinyNetwork.plain.file()
    file.configuration.metadataByteCount = UInt32(file.range(.metadata).count + 1)
    file.seal()
    #expect(file.loadingError == .badMetadata)
  }

  static let tests: [Hostile] = [
    Hostile("no header") {
      $0.resize(.test, to: 0)
      return .badTest(rule: .size)
    },
    Hostile("more runs than bytes") {
      $0.store(UInt32.max, $0.range(.test).lowerBound + 8)
      return .badTest(rule: .size)
    },
    Hostile("a run too few") {
      let count = $0.range(.test).lowerBound + 8
      $0.store(($0.load(count) as UInt32) - 1, count)
      return .badTest(rule: .pixelCount)
    },
    Hostile("an empty run") {
      $0.store(UInt16(0), $0.range(.test).lowerBound + 24 + 2)
      return .badTest(rule: .emptyRun)
    },
    Hostile("an unknown label") {
      $0.store(UInt16($0.configuration.labelCount * 2), $0.range(.test).lowerBound + 24)
      return .badTest(rule: .label)
    },
    Hostile("an edge without edges") {
      let first = $0.range(.test).lowerBound + 24
      $0.store(($0.load(first) as UInt16) | 1, first)
      return .badTest(rule: .edge)
    },
    Hostile("a style that is no number", .style) {
      $0.store(Float.nan, $0.range(.test).lowerBound + 24)
      return .badTest(rule: .style)
    },
  ]

  @Test(arguments: tests) func testCase(_ hostile: Hostile) throws { try hostile.check() }
}
