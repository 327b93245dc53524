import SpadeModel
import SpadeTestSupport
import Testing

/// Files that were cut or whose bytes changed on the way: the checksums notice every one.
@Suite struct DamageTests {
  @Test(arguments: TinyNetwork.allCases) func wholeFileIsTaken(_ network: TinyNetwork) throws {
    #expect(try network.file().loadingError == nil)
  }

  @Test func everyCutIsRefused() throws {
    let file = try TinyNetwork.plain.file()
    let lengths = Array(0..<600) + Array(stride(from: 600, to: file.bytes.count, by: 1009))
    var wrongCount = 0
    for length in lengths {
      let expected: ModelError =
        length < ModelFormat.headerByteCount
        ? .tooShort(byteCount: length, required: ModelFormat.headerByteCount)
        : .fileSize(stored: UInt64(file.bytes.count), found: UInt64(length))
      if ModelFile(Array(file.bytes[..<length])).loadingError != expected { wrongCount += 1 }
    }
    #expect(wrongCount == 0)
  }

  @Test func appendedBytesAreRefused() throws {
    var file = try TinyNetwork.plain.file()
    let count = file.bytes.count
    file.bytes += [UInt8](repeating: 0, count: 64)
    #expect(file.loadingError == .fileSize(stored: UInt64(count), found: UInt64(count + 64)))
  }

  @Test func everyBitOfTheHeaderIsGuarded() throws {
    var file = try TinyNetwork.plain.file()
    var takenCount = 0
    for bit in 0..<(8 * ModelFormat.headerByteCount) {
      file.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      if file.loadingError == nil { takenCount += 1 }
      file.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    }
    #expect(takenCount == 0)
  }

  /// Start, middle and end; the end of most sections is padding.
  @Test(arguments: 0..<Section.count) func everySectionIsGuarded(section: Int) throws {
    var file = try TinyNetwork.style.file()
    let range = file.range(Section(rawValue: section)!)
    guard !range.isEmpty else { return }
    let middle = (range.lowerBound + range.upperBound) / 2
    for place in [range.lowerBound, range.lowerBound + 1, middle, range.upperBound - 2, range.upperBound - 1]
    {
      for bit in 0..<8 {
        file.bytes[place] ^= 1 << UInt8(bit)
        let stored = file.sectionRecord(section).checksum
        let computed = file.checksum(range)
        #expect(
          file.loadingError
            == .sectionChecksum(section: Section(rawValue: section)!, stored: stored, computed: computed))
        file.bytes[place] ^= 1 << UInt8(bit)
      }
    }
  }
}
