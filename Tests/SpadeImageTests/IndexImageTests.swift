import Testing

@testable import SpadeImage

struct DepthCase: CustomTestStringConvertible, Sendable {
  var bitDepth: Int
  var colorType = 0
  var isInterlaced = false
  var testDescription: String {
    "\(bitDepth) bits, colour type \(colorType)\(isInterlaced ? ", interlaced" : "")"
  }

  static let all: [DepthCase] = [false, true].flatMap { interlaced in
    [1, 2, 4, 8, 16].map { DepthCase(bitDepth: $0, isInterlaced: interlaced) }
      + [1, 2, 4, 8].map { DepthCase(bitDepth: $0, colorType: 3, isInterlaced: interlaced) }
      + [8, 16].map { DepthCase(bitDepth: $0, colorType: 4, isInterlaced: interlaced) }
  }
}

@Suite struct IndexImageTests {
  @Test(arguments: DepthCase.all)
  func storedValuesComeBackUnscaled(_ c: DepthCase) throws {
    for (width, height) in [(1, 1), (3, 2), (9, 5), (17, 11)] {
      let limit = 1 << c.bitDepth
      var maker = PNGMaker(
        width: width, height: height, bitDepth: c.bitDepth, colorType: c.colorType,
        isInterlaced: c.isInterlaced, samples: [])
      maker.samples = (0..<width * height * maker.channels).map { ($0 * 40503 + limit - 1) % limit }
      if c.colorType == 3 { maker.palette = bytes(min(limit, 256) * 3) { $0 * 89 } }
      let image = try IndexImage(pngBytes: maker.bytes)
      let values = ids(width * height) { maker.samples[$0 * maker.channels] }
      let expected = try IndexImage(width: width, height: height, values: values)
      #expect(image == expected)
    }
  }

  @Test(arguments: [(255, 1), (256, 2), (65535, 2)])
  func writtenMapsReadBack(largest: Int, byteCount: Int) throws {
    let values = ids(35) { $0 == 34 ? largest : ($0 * 37) % (largest + 1) }
    let image = try IndexImage(width: 7, height: 5, values: values)
    let png = try image.pngBytes()
    let again = try IndexImage(pngBytes: png)
    #expect(again == image)
    #expect(png[24] == UInt8(8 * byteCount))
  }

  @Test func paletteIndicesBeyondThePaletteAreKept() throws {
    let maker = PNGMaker(
      width: 3, height: 1, colorType: 3, samples: [0, 1, 200], palette: [10, 20, 30, 10, 20, 30])
    #expect(try IndexImage(pngBytes: maker.bytes).values == [0, 1, 200])
  }

  @Test func transparencyChunksChangeNothing() throws {
    let indexed = PNGMaker(
      width: 2, height: 1, colorType: 3, samples: [1, 0], palette: [1, 2, 3, 4, 5, 6],
      ancillary: [("tRNS", [0, 128])])
    #expect(try IndexImage(pngBytes: indexed.bytes).values == [1, 0])
    #expect(try Picture(pngBytes: indexed.bytes).bytes == [4, 5, 6, 1, 2, 3])
    let gray = PNGMaker(width: 2, height: 1, samples: [7, 255], ancillary: [("tRNS", [0, 7])])
    #expect(try IndexImage(pngBytes: gray.bytes).values == [7, 255])
    #expect(try Picture(pngBytes: gray.bytes).bytes == [7, 7, 7, 255, 255, 255])
  }

  @Test func gammaIsNotApplied() throws {
    let maker = PNGMaker(width: 2, height: 1, samples: [50, 100], ancillary: [("gAMA", bigEndian(100_000))])
    #expect(try IndexImage(pngBytes: maker.bytes).values == [50, 100])
    #expect(try Picture(pngBytes: maker.bytes).bytes == [50, 50, 50, 100, 100, 100])
  }

  @Test func pillowFilesReadAsSaved() throws {
    let palette = try IndexImage(pngBytes: Pillow.palette)
    #expect(palette.width == 8 && palette.height == 6)
    #expect(palette.values == ids(48) { ($0 * 5 + 3) % 11 })
    #expect(try IndexImage(pngBytes: Pillow.gray16).values == ids(48) { $0 * 1361 })
  }

  @Test(arguments: [(2, PNGColor.rgb), (6, PNGColor.rgbAlpha)])
  func trueColourIsNoLabelMap(_ colorType: Int, _ color: PNGColor) {
    let maker = PNGMaker(width: 1, height: 1, colorType: colorType, samples: [1, 2, 3, 4])
    #expect(
      failure { () throws(ImageError) in try IndexImage(pngBytes: maker.bytes) } == .notSingleChannel(color))
  }

  @Test func edgesAreMarkedOnBothSides() throws {
    let instance = try IndexImage(
      width: 4, height: 4, values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 2, 1, 1, 1])
    #expect(edges(of: instance) == [0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0])
  }

  @Test func rowEndsAreNoNeighbours() throws {
    #expect(edges(of: try IndexImage(width: 2, height: 2, values: [1, 1, 1, 1])) == [0, 0, 0, 0])
    #expect(
      edges(of: try IndexImage(width: 3, height: 2, values: [5, 5, 7, 5, 5, 7])) == [0, 1, 1, 0, 1, 1])
    #expect(edges(of: try IndexImage(width: 1, height: 3, values: [1, 1, 65535])) == [0, 1, 1])
    #expect(edges(of: try IndexImage(width: 1, height: 1, values: [3])) == [0])
  }
}
