import Testing

@testable import SpadeImage

@Suite struct PictureTests {
  @Test func everyColourTypeBecomesRGB() throws {
    func rgb(_ maker: PNGMaker) throws -> [UInt8] { try Picture(pngBytes: maker.bytes).bytes }
    #expect(
      try rgb(PNGMaker(width: 3, height: 1, bitDepth: 1, samples: [0, 1, 0]))
        == [0, 0, 0, 255, 255, 255, 0, 0, 0])
    #expect(
      try rgb(PNGMaker(width: 2, height: 1, bitDepth: 2, samples: [1, 2]))
        == [85, 85, 85, 170, 170, 170])
    #expect(try rgb(PNGMaker(width: 1, height: 1, bitDepth: 4, samples: [3])) == [51, 51, 51])
    #expect(try rgb(PNGMaker(width: 1, height: 1, bitDepth: 16, samples: [0x12FF])) == [0x12, 0x12, 0x12])
    #expect(
      try rgb(PNGMaker(width: 1, height: 2, colorType: 2, samples: [1, 2, 3, 4, 5, 6]))
        == [1, 2, 3, 4, 5, 6])
    #expect(
      try rgb(PNGMaker(width: 1, height: 1, bitDepth: 16, colorType: 2, samples: [0x12FF, 0x3480, 0x5600]))
        == [0x12, 0x34, 0x56])
    #expect(
      try rgb(
        PNGMaker(
          width: 3, height: 1, bitDepth: 2, colorType: 3, samples: [2, 0, 1],
          palette: [1, 2, 3, 4, 5, 6, 7, 8, 9])) == [7, 8, 9, 1, 2, 3, 4, 5, 6])
    #expect(try rgb(PNGMaker(width: 1, height: 1, colorType: 4, samples: [9, 0])) == [9, 9, 9])
    #expect(try rgb(PNGMaker(width: 1, height: 1, colorType: 6, samples: [9, 8, 7, 0])) == [9, 8, 7])
  }

  @Test func interlacedRGBIsAssembled() throws {
    let samples = (0..<9 * 7 * 3).map { $0 * 31 % 256 }
    let maker = PNGMaker(width: 9, height: 7, colorType: 2, isInterlaced: true, samples: samples)
    #expect(try Picture(pngBytes: maker.bytes).bytes == samples.map { UInt8($0) })
  }

  @Test func pillowFilesReadAsSaved() throws {
    let colours = (0..<48).flatMap { (index: Int) -> [UInt8] in
      let id = (index * 5 + 3) % 11
      return [UInt8(200 - id), UInt8(20 * id), UInt8(3 * id)]
    }
    #expect(try Picture(pngBytes: Pillow.palette).bytes == colours)
    let factors = [3, 5, 11]
    let samples = bytes(48 * 3) { $0 / 3 * factors[$0 % 3] + 7 }
    #expect(try Picture(pngBytes: Pillow.rgba).bytes == samples)
  }

  @Test func writtenPicturesComeBack() throws {
    for (width, height) in [(1, 1), (3, 5), (256, 4), (100, 100)] {
      let noise = bytes(width * height * 3) { ($0 &* 2_654_435_761) >> 13 }
      let picture = try Picture(width: width, height: height, bytes: noise)
      let png = try picture.pngBytes()
      let again = try picture.pngBytes()
      #expect(png == again)
      let read = try Picture(pngBytes: png)
      #expect(read == picture)
    }
  }

  @Test func wrongCountsAreRefused() {
    #expect(
      failure { () throws(ImageError) in try Picture(width: 2, height: 2, bytes: [0]) }
        == .wrongValueCount(required: 12, found: 1))
    #expect(
      failure { () throws(ImageError) in try IndexImage(width: 2, height: 2, values: []) }
        == .wrongValueCount(required: 4, found: 0))
    for (width, height) in [(0, 1), (1, -1), (16385, 1), (16384, 16384), (Int.max, Int.max)] {
      #expect(
        failure { () throws(ImageError) in try IndexImage(width: width, height: height, values: []) }
          == .badSize(width: width, height: height))
    }
  }
}
