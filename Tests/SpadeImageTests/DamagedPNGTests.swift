import SpadeHostileFiles
import Testing

@testable import SpadeImage

@Suite struct DamagedPNGTests {
  static let files: [[UInt8]] = [
    PNGMaker(width: 5, height: 3, samples: Array(0..<15)).bytes,
    PNGMaker(
      width: 5, height: 3, bitDepth: 4, colorType: 3, isInterlaced: true, samples: Array(0..<15),
      palette: bytes(48) { $0 }, ancillary: [("tEXt", Array("Title\u{0}map".utf8))]
    ).bytes,
    Pillow.palette, Pillow.gray16, Pillow.rgba,
  ]

  private func errors(_ bytes: [UInt8]) -> [ImageError?] {
    [
      failure { () throws(ImageError) in try IndexImage(pngBytes: bytes) },
      failure { () throws(ImageError) in try Picture(pngBytes: bytes) },
    ]
  }

  @Test(arguments: files.indices)
  func everyTruncationIsAnError(_ file: Int) {
    let bytes = Self.files[file]
    for count in 0..<bytes.count {
      let found = errors(Array(bytes.prefix(count)))
      #expect(found[1] == .truncatedPNG(byteCount: count))
      #expect(found[0] == found[1] || found[0] == .notSingleChannel(.rgbAlpha), "\(count) bytes")
    }
  }

  @Test(arguments: files.indices)
  func everyFlippedBitIsAnError(_ file: Int) {
    for index in Self.files[file].indices {
      for bit in 0..<8 {
        var bytes = Self.files[file]
        bytes[index] ^= 1 << bit
        #expect(!errors(bytes).contains(nil), "bit \(bit) of byte \(index)")
      }
    }
  }

  /// The flip reaches the decoder, for the chunk's checksum is made right again.
  @Test(arguments: files.indices)
  func everyFlippedBitUnderAGoodChecksumIsAnErrorOrAnImage(_ file: Int) {
    let original = Self.files[file]
    for index in 8..<original.count {
      for bit in 0..<8 {
        var bytes = original
        bytes[index] ^= 1 << bit
        var start = 8
        while start + 12 <= original.count {
          let count = original[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
          let end = start + 8 + count
          bytes.replaceSubrange(end..<end + 4, with: bigEndian(Int(crc32(Array(bytes[start + 4..<end])))))
          start = end + 4
        }
        if let image = try? IndexImage(pngBytes: bytes) {
          #expect(image.values.count == image.width * image.height)
        }
        if let picture = try? Picture(pngBytes: bytes) {
          #expect(picture.bytes.count == picture.width * picture.height * 3)
        }
      }
    }
  }

  private func read(_ bytes: [UInt8]) -> ImageError? {
    let error = failure { () throws(ImageError) in try IndexImage(pngBytes: bytes) }
    if let error { HostileFile.keep(bytes, kind: "png", error: error) }
    return error
  }

  private func fault(_ bytes: [UInt8]) -> PNGFault? {
    if case .corruptPNG(let fault, _) = read(bytes) { fault } else { nil }
  }

  @Test func otherFormatsAreNotPNG() {
    #expect(read(Array("GIF89a...............".utf8)) == .notPNG)
    #expect(read([0xFF, 0xD8, 0xFF]) == .notPNG)
    #expect(read([]) == .truncatedPNG(byteCount: 0))
  }

  @Test(arguments: [(16385, 1), (1, 16385), (16384, 4097), (0x7FFF_FFFF, 0x7FFF_FFFF)])
  func sizesOverTheLimitAreRefusedFromTheHeader(_ width: Int, _ height: Int) {
    let maker = PNGMaker(width: width, height: height, samples: [])
    #expect(read(maker.file(imageData: [])) == .tooLarge(width: width, height: height))
  }

  @Test func aPictureAtTheLimitWithoutItsDataIsAnErrorNotACrash() {
    let maker = PNGMaker(width: 16384, height: 4096, samples: [])
    #expect(fault(maker.file(imageData: zlib([0, 1, 2]))) == .imageData)
  }

  @Test func checksumFaultsOfAnyChunkAreFound() {
    let maker = PNGMaker(width: 1, height: 1, samples: [5], ancillary: [("tEXt", [65, 0, 66])])
    var bytes = maker.bytes
    bytes[33 + 8] ^= 1
    #expect(read(bytes) == .corruptPNG(.checksum, offset: 33 + 15))
    bytes = maker.bytes
    bytes[bytes.count - 13] ^= 1
    #expect(fault(bytes) == .checksum)
  }

  @Test func badHeadersAreFound() {
    #expect(fault(PNGMaker(width: 0, height: 1, samples: []).bytes) == .header)
    #expect(fault(PNGMaker(width: 1, height: 1, bitDepth: 7, samples: [1]).bytes) == .header)
    #expect(fault(PNGMaker(width: 1, height: 1, colorType: 5, samples: [1]).bytes) == .header)
  }

  @Test func aMissingPaletteIsFound() {
    #expect(fault(PNGMaker(width: 1, height: 1, colorType: 3, samples: [1]).bytes) == .palette)
  }

  @Test func badImageDataIsFound() {
    let maker = PNGMaker(width: 4, height: 4, samples: Array(0..<16))
    #expect(fault(maker.file(imageData: zlib([0, 1, 2, 3, 4]))) == .imageData)
    #expect(fault(maker.file(imageData: [1, 2, 3, 4, 5, 6, 7, 8])) == .imageData)
    var badFilter = maker.rows
    badFilter[0] = 9
    #expect(fault(maker.file(imageData: zlib(badFilter))) == .imageData)
  }

  @Test func chunksOutOfPlaceAreFound() {
    let maker = PNGMaker(width: 1, height: 1, samples: [5])
    #expect(read(PNGMaker.signature + chunk("IDAT", zlib([0, 5])) + chunk("IEND", [])) != nil)
    #expect(read(PNGMaker.signature + chunk("IHDR", maker.header) + chunk("IEND", [])) != nil)
    #expect(read(PNGMaker.signature + chunk("IHDR", maker.header) + chunk("ABCD", [])) != nil)
    #expect(fault(PNGMaker.signature + chunk("IHDR", maker.header) + chunk("a\u{1}cd", [])) == .chunk)
  }

  @Test func compressedTextIsNeverExpanded() throws {
    let bomb: [UInt8] = [65, 0, 0] + zlib([UInt8](repeating: 66, count: 60000))
    let maker = PNGMaker(width: 1, height: 1, samples: [5], ancillary: [("zTXt", bomb), ("iCCP", bomb)])
    #expect(try IndexImage(pngBytes: maker.bytes).values == [5])
  }
}
