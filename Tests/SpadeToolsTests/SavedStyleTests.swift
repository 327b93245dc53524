import SpadeModel
import Testing

@testable import SpadeTools

@Suite struct SavedStyleTests {
  /// 1, −0.5, 0.25, packed by Python's struct, with the checksum of its xxhash 3 package.
  private static let golden: [UInt8] = [
    0x89, 0x53, 0x54, 0x59, 0x4C, 0x45, 0x0D, 0x0A, 1, 0, 0, 0, 3, 0, 0, 0,
    0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xBF, 0x00, 0x00, 0x80, 0x3E,
    0x60, 0x17, 0x30, 0x7F, 0xE0, 0xC8, 0x85, 0x1A,
  ]

  @Test func theBytesAreThoseOfTheFormat() throws {
    #expect(SavedStyle([1, -0.5, 0.25]).bytes == Self.golden)
    #expect(try SavedStyle(bytes: Self.golden, path: "x.z").values == [1, -0.5, 0.25])
  }

  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SavedStyle(bytes: bytes, path: "x.z")
      return nil
    } catch { return error.sentence }
  }

  @Test func everyCutAndEveryFlipIsRefused() {
    for count in 0..<Self.golden.count {
      #expect(refusal(Array(Self.golden.prefix(count))) != nil, "\(count)")
    }
    #expect(refusal(Self.golden + [0])?.contains("another length") == true)
    for bit in 0..<Self.golden.count * 8 {
      var bytes = Self.golden
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(refusal(bytes) != nil, "bit \(bit)")
    }
  }

  /// With a right checksum.
  @Test func hostileContentIsRefused() {
    func sealed(_ at: Int, _ word: [UInt8]) -> [UInt8] {
      var bytes = Array(Self.golden.dropLast(8))
      bytes.replaceSubrange(at..<at + word.count, with: word)
      let checksum = bytes.withUnsafeBytes { Checksum.of($0) }
      return bytes + (0..<8).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
    }
    #expect(refusal(sealed(16, [0, 0, 0x80, 0x3F])) == nil)
    #expect(refusal(sealed(20, [0, 0, 0x80, 0x7F]))?.contains("index 1") == true)
    #expect(refusal(sealed(8, [2]))?.contains("version 2") == true)
    #expect(refusal(sealed(12, [0]))?.contains("0 values") == true)
    #expect(refusal(sealed(12, [2]))?.contains("another length") == true)
    #expect(refusal(sealed(12, [255, 255, 255, 255]))?.contains("4294967295 values") == true)
  }
}
