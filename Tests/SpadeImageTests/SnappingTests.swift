import Testing

@testable import SpadeImage

/// A drawing of `width` columns from colours as `0xRRGGBB`, or `0xAARRGGBB` where alpha is not 255.
private func drawing(_ width: Int, _ pixels: [UInt32]) throws -> Drawing {
  let bytes = pixels.flatMap { pixel in
    let alpha = pixel >> 24
    return [16, 8, 0].map { UInt8(pixel >> $0 & 255) } + [UInt8(alpha == 0 ? 255 : alpha)]
  }
  return try Drawing(width: width, height: pixels.count / width, bytes: bytes)
}

private func palette(_ colors: [(UInt16, UInt32)]) -> Palette {
  Palette(
    colors.map { id, color in
      Palette.Entry(
        id: id,
        color: Color(red: UInt8(color >> 16), green: UInt8(color >> 8 & 255), blue: UInt8(color & 255)))
    })
}

@Suite struct SnappingTests {
  /// Black 3, white 7, gray in the middle 5.
  private let three = palette([(3, 0x000000), (7, 0xFFFFFF), (5, 0x808080)])

  private func snapped(_ width: Int, _ pixels: [UInt32], _ palette: Palette) throws -> SnappedDrawing {
    SnappedDrawing(try drawing(width, pixels), palette: palette, unknownId: 255)
  }

  @Test func exactColoursAreNotStrange() throws {
    let result = try snapped(2, [0xFFFFFF, 0x000000, 0x808080, 0xFFFFFF], three)
    #expect(result.ids.values == [7, 3, 5, 7])
    #expect(result.strangeCount == 0 && result.firstTransparent == nil)
  }

  @Test func eightLevelsAreCloseAndNineAreStrange() throws {
    let result = try snapped(3, [0x080808, 0x880888, 0x090000], palette([(1, 0x000000), (2, 0x880888)]))
    #expect(result.ids.values == [1, 2, 1])
    #expect(result.strangeCount == 1)
  }

  /// The colour between black and white is nearest to gray, which is not beside it.
  @Test func aSmoothedEdgeTakesOneOfItsTwoSides() throws {
    let result = try snapped(6, [0x000000, 0x000000, 0x606060, 0xA0A0A0, 0xFFFFFF, 0xFFFFFF], three)
    #expect(result.ids.values == [3, 3, 3, 7, 7, 7])
    #expect(result.strangeCount == 2)
  }

  /// Gray is two pixels away from the first strange one, and three from the second.
  @Test func aroundIsTwoPixelsWide() throws {
    let near = try snapped(4, [0x606060, 0x606060, 0x808080, 0x000000], three)
    #expect(near.ids.values == [5, 5, 5, 3])
    let far = try snapped(
      1, [0x404040, 0x707070, 0x707070, 0xFFFFFF], palette([(3, 0x000000), (5, 0x202020), (7, 0xFFFFFF)]))
    #expect(far.ids.values == [5, 7, 7, 7])
  }

  /// Sky, clouds, and snow, whose colour lies on the way from one to the other; mountain.
  private let airy = palette([(0, 0x8FC7F0), (1, 0xF2F4F7), (4, 0xD8EAF5), (3, 0x7D7F8C)])

  /// As wide as `count`, from one colour to the other.
  private func blend(_ from: UInt32, _ to: UInt32, _ count: Int) -> [UInt32] {
    (1...count).map { step in
      [16, 8, 0].reduce(UInt32(0)) { color, shift in
        let (a, b) = (Int(from >> UInt32(shift) & 255), Int(to >> UInt32(shift) & 255))
        return color | UInt32(a + (b - a) * step / (count + 1)) << UInt32(shift)
      }
    }
  }

  /// Three rows of each, with 8 pixels of sky and clouds at the ends.
  private func band(_ middle: [UInt32]) throws -> SnappedDrawing {
    let row = [UInt32](repeating: 0x8FC7F0, count: 8) + middle + [UInt32](repeating: 0xF2F4F7, count: 8)
    return try snapped(row.count, row + row + row, airy)
  }

  @Test(arguments: 2...12) func aBlendThatPassesAThirdColourTakesItsTwoSides(width: Int) throws {
    let result = try band(blend(0x8FC7F0, 0xF2F4F7, width))
    let row = Array(result.ids.values.prefix(16 + width))
    #expect(!row.contains(4) && row == row.sorted())
    let skyCount = row.count { $0 == 0 }
    #expect(abs(skyCount - (8 + width / 2)) <= 1, "\(row)")
    #expect(result.blendCount > 0 || width == 2)
  }

  /// What was drawn between the same two areas stays: lines of one pixel and more in the class's own colour, and bands in one close to it.
  @Test(arguments: [1, 2, 3, 6]) func aLineOfTheThirdColourStays(width: Int) throws {
    for color in [0xD8EAF5, 0xD9E9F4] + (width > 2 ? [0xD4E6F1] : []) as [UInt32] {
      let result = try band([UInt32](repeating: color, count: width))
      #expect(result.ids.values[8..<(8 + width)].allSatisfy { $0 == 4 } && result.blendCount == 0, "\(color)")
    }
  }

  /// Also with soft edges of its own.
  @Test func aSoftLineOfTheThirdColourStays() throws {
    let result = try band(
      blend(0x8FC7F0, 0xD8EAF5, 3) + [0xD8EAF5, 0xD8EAF5, 0xD8EAF5] + blend(0xD8EAF5, 0xF2F4F7, 3))
    #expect(result.ids.values[11..<14].allSatisfy { $0 == 4 })
  }

  /// A colour that two others have nothing to do with is no blend of them.
  @Test func aThinLineOfAnotherColourStays() throws {
    #expect(try band([0x7D7F8C]).ids.values[8] == 3)
    #expect(try band([0x80828F]).ids.values[8] == 3)
  }

  @Test func whatIsTransparentIsUnknownAndWhatIsPartlySoHasItsColour() throws {
    let bytes: [UInt8] = [0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 255, 255, 255, 1]
    let result = SnappedDrawing(
      try Drawing(width: 4, height: 1, bytes: bytes), palette: three, unknownId: 255)
    #expect(result.ids.values == [3, 255, 255, 7])
    #expect(result.firstTransparent == 1 && result.strangeCount == 0)
  }

  @Test func ofEqualColoursTheFirstCounts() throws {
    #expect(try snapped(1, [0x010203], palette([(4, 0x010203), (2, 0x010203)])).ids.values == [4])
  }

  @Test func redBytesOfFlatAreas() throws {
    let (sky, tree, line, edge): (UInt32, UInt32, UInt32, UInt32) = (0x9CEEDD, 0xA8C832, 0x100000, 0xA2DB88)
    let pixels = [
      sky, sky, sky, line, line, edge, tree, tree, tree,
      sky, sky, sky, line, line, edge, tree, tree, tree,
      sky, sky, sky, line, line, edge, tree, tree, tree,
    ]
    let drawing = try drawing(9, pixels)
    let palette = Palette(redBytesOf: drawing)
    #expect(palette.entries.map(\.id) == [156, 168])
    let result = SnappedDrawing(drawing, palette: palette, unknownId: 255)
    #expect(
      result.ids.values.prefix(3) == [156, 156, 156] && result.ids.values.suffix(3) == [168, 168, 168])
    #expect(result.strangeCount == 9)
  }

  @Test func picturesWithoutFlatAreasOrWithTooManyHaveNoRedBytes() throws {
    #expect(Palette(redBytesOf: try drawing(2, [0x9CEEDD, 0x9CEEDD])).entries == [])
    #expect(Palette(redBytesOf: try drawing(3, (0..<9).map { 0x010101 * $0 })).entries == [])
    // Squares of 3 × 3 side by side, each of its own colour.
    for count in [256, 257] {
      let colors = (0..<3).flatMap { _ in (0..<count * 3).map { UInt32($0 / 3 + 1) } }
      #expect(Palette(redBytesOf: try drawing(count * 3, colors)).entries.count == (count == 256 ? 256 : 0))
    }
  }

  @Test func alphaOfEveryKindOfPNG() throws {
    let rgba = PNGMaker(width: 2, height: 1, colorType: 6, samples: [1, 2, 3, 4, 5, 6, 7, 0])
    #expect(try Drawing(pngBytes: rgba.bytes).bytes == [1, 2, 3, 4, 5, 6, 7, 0])
    let rgb = PNGMaker(width: 2, height: 1, colorType: 2, samples: [1, 2, 3, 4, 5, 6])
    #expect(try Drawing(pngBytes: rgb.bytes).bytes == [1, 2, 3, 255, 4, 5, 6, 255])
    let indexed = PNGMaker(
      width: 2, height: 1, colorType: 3, samples: [1, 0], palette: [1, 2, 3, 4, 5, 6],
      ancillary: [("tRNS", [9])])
    #expect(try Drawing(pngBytes: indexed.bytes).bytes == [4, 5, 6, 255, 1, 2, 3, 9])
    let key = PNGMaker(
      width: 2, height: 1, colorType: 2, samples: [1, 2, 3, 4, 5, 6],
      ancillary: [("tRNS", [0, 4, 0, 5, 0, 6])])
    #expect(try Drawing(pngBytes: key.bytes).bytes == [1, 2, 3, 255, 4, 5, 6, 0])
    let gray = PNGMaker(width: 2, height: 1, bitDepth: 2, samples: [1, 3])
    #expect(try Drawing(pngBytes: gray.bytes).bytes == [85, 85, 85, 255, 255, 255, 255, 255])
    let deep = PNGMaker(
      width: 1, height: 1, bitDepth: 16, colorType: 4, samples: [0x1234, 0xFF00])
    #expect(try Drawing(pngBytes: deep.bytes).bytes == [0x12, 0x12, 0x12, 255])
    let large = PNGMaker(
      width: 17, height: 11, colorType: 6, isInterlaced: true, samples: (0..<17 * 11 * 4).map { $0 * 7 % 256 }
    )
    #expect(try Drawing(pngBytes: large.bytes).bytes == bytes(17 * 11 * 4) { $0 * 7 })
  }
}
