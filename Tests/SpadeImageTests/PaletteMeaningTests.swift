import Testing

@testable import SpadeImage

/// What the numbers of palette pictures are.
@Suite struct PaletteMeaningTests {
  /// Sky, grass, water.
  private let classes = [0x8FC7F0, 0x8CC63F, 0x2F7FC1].map { Color(packed: $0) }

  /// Of a picture of these numbers in one row, with a palette.
  private func meaning(_ values: [UInt16], _ palette: [Int32]) throws -> PaletteMeaning {
    let indices = try IndexImage(width: values.count, height: 1, values: values)
    let drawing = try Drawing(pngBytes: indices.pngBytes(colors: palette.map { Color(packed: $0) }))
    return drawing.meaning(of: indices, colors: classes + Array(repeating: nil, count: 253))
  }

  @Test func theClassesColoursInTheirOrderAreIds() throws {
    #expect(try meaning([0, 1, 2, 2], [0x8FC7F0, 0x8CC63F, 0x2F7FC1]) == .ids)
    // Of another version of the list, and with one more for unknown pixels.
    #expect(try meaning([0, 1, 2, 2], [0x8FC7F0, 0x8CC63F, 0x000000]) == .ids)
  }

  @Test func inAnotherOrderTheyAreColours() throws {
    #expect(try meaning([0, 1, 2, 2], [0x2F7FC1, 0x8FC7F0, 0x8CC63F]) == .colors)
    #expect(try meaning([0, 1, 1], [0x2F80C3, 0x8DC7F0]) == .colors)
  }

  @Test func otherColoursAreIdsWithADoubt() throws {
    #expect(try meaning([0, 1, 2, 2], [0x4466FF, 0x22AA11, 0x3355EE]) == .otherColors)
    // One of three has its own.
    #expect(try meaning([0, 1, 2], [0x8FC7F0, 0x22AA11, 0x3355EE]) == .otherColors)
    // Colours that no pixel has say nothing.
    #expect(try meaning([0, 0, 0], [0x8FC7F0, 0x22AA11, 0x3355EE]) == .ids)
  }

  @Test func grayPalettesAreIds() throws {
    #expect(try meaning([0, 1, 2], [0x000000, 0x010101, 0x020202]) == .ids)
    #expect(try meaning([0, 1, 2], [0x000000, 0x808080, 0xFFFFFF]) == .ids)
  }

  /// Background, aeroplane, bicycle, bird, … tvmonitor, and the border that stands for unknown, as the development kit lists them.
  @Test func thePaletteOfPascalVOCIsIds() throws {
    var palette = [Int32](repeating: 0, count: 256)
    let first: [Int32] = [
      0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0x808080, 0x400000, 0xC00000,
      0x408000, 0xC08000, 0x400080, 0xC00080, 0x408080, 0xC08080, 0x004000, 0x804000, 0x00C000, 0x80C000,
      0x004080,
    ]
    for (id, color) in first.enumerated() { palette[id] = color }
    palette[255] = 0xE0E0C0
    #expect(try meaning((0...20).map { UInt16($0) } + [255], palette) == .ids)
    palette[1] = 0x810000
    #expect(try meaning((0...20).map { UInt16($0) } + [255], palette) == .otherColors)
  }
}
