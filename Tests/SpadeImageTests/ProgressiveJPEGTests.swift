import SpadeImage
import Testing

/// Pictures that are sent coefficient by coefficient, written by hand after ITU-T T.81.
@Suite struct ProgressiveJPEGTests {
  /// A gray picture of 8 × 8 pixels whose coefficients are all zero: a scan for the first, and for each of the others one for its
  /// high bits and one for the last.
  private func picture(coefficientCount: Int) -> [UInt8] {
    func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
      [0xFF, marker, 0, UInt8(content.count + 2)] + content
    }
    // One code of one bit, for symbol 0: no difference, or the end of the band.
    let table: [UInt8] = [1] + [UInt8](repeating: 0, count: 15) + [0]
    // That bit, filled up with ones.
    let code: [UInt8] = [0x7F]
    func scan(_ coefficient: Int, _ bits: UInt8) -> [UInt8] {
      segment(0xDA, [1, 1, 0, UInt8(coefficient), UInt8(coefficient), bits]) + code
    }
    var jpeg: [UInt8] = [0xFF, 0xD8]
    jpeg += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
    jpeg += segment(0xC2, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
    jpeg += segment(0xC4, [0x00] + table)
    jpeg += segment(0xC4, [0x10] + table)
    jpeg += scan(0, 0x00)
    for coefficient in 1..<coefficientCount { jpeg += scan(coefficient, 0x01) + scan(coefficient, 0x10) }
    return jpeg + [0xFF, 0xD9]
  }

  @Test func aFewScans() throws {
    let picture = try Picture(jpegBytes: picture(coefficientCount: 40))
    #expect(picture.width == 8 && picture.height == 8)
    #expect(picture.bytes == [UInt8](repeating: 128, count: 8 * 8 * 3))
  }

  /// Each scan of a large picture would cost a pass over all of it.
  @Test func moreScansThanAnybodyWrites() {
    #expect(throws: ImageError.unsupportedJPEG) {
      _ = try Picture(jpegBytes: picture(coefficientCount: 64))
    }
  }
}
