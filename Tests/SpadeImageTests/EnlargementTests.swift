import Testing

@testable import SpadeImage

/// Numbers are from the cubic kernel of Catmull and Rom, in fractions, with the position of each pixel's centre written out.
@Suite struct EnlargementTests {
  /// Each channel has values of its own, so that a mix-up shows.
  private func enlarged(
    _ rows: [[UInt8]], _ enlargement: Enlargement
  ) throws -> (size: [Int], channels: [[UInt8]]) {
    let bytes: [UInt8] = rows.joined().flatMap { [$0, 255 - $0, 77] as [UInt8] }
    let result = try Picture(width: rows[0].count, height: rows.count, bytes: bytes).enlarged(enlargement)
    let channels = (0..<3).map { channel in
      (0..<result.width * result.height).map { result.bytes[3 * $0 + channel] }
    }
    return ([result.width, result.height], channels)
  }

  @Test func aRowTwiceAsLarge() throws {
    let row: [UInt8] = [0, 18, 73, 126, 178, 218, 246, 255]
    let result = try enlarged([[0, 100, 200, 255]], .twofold)
    #expect(result.size == [8, 2] && result.channels[0] == row + row)
    #expect(result.channels[2].allSatisfy { $0 == 77 })
  }

  @Test func aRowFourTimesAsLarge() throws {
    let row: [UInt8] = [0, 0, 8, 30, 58, 87, 113, 139, 166, 190, 209, 226, 240, 251, 255, 255]
    let result = try enlarged([[0, 100, 200, 255]], .fourfold)
    #expect(result.size == [16, 4] && result.channels[0] == row + row + row + row)
  }

  @Test func bothAxes() throws {
    let result = try enlarged([[0, 255], [255, 60], [10, 90]], .twofold)
    #expect(result.size == [4, 6])
    #expect(
      result.channels[0] == [
        0, 40, 210, 255, 46, 89, 183, 226, 229, 195, 122, 89, 235, 188, 87, 40, 65, 69, 77, 80, 0, 13, 72, 99,
      ])
  }

  @Test(arguments: Enlargement.allCases) func onePixelFillsAll(enlargement: Enlargement) throws {
    let result = try enlarged([[200]], enlargement)
    let count = enlargement.rawValue * enlargement.rawValue
    #expect(result.channels[0] == [UInt8](repeating: 200, count: count))
    #expect(result.channels[1] == [UInt8](repeating: 55, count: count))
  }

  @Test func whatIsTooLargeIsRefused() throws {
    let picture = try Picture(width: 8192, height: 1, bytes: [UInt8](repeating: 0, count: 3 * 8192))
    #expect(
      failure { () throws(ImageError) in try picture.enlarged(.fourfold) }
        == .badSize(width: 32768, height: 4))
    #expect(try picture.enlarged(.twofold).width == 16384)
  }
}
