import Testing

@testable import SpadeImage

/// Drawings whose areas have grain, and photos, which are no drawings.
@Suite struct GrainTests {
  /// Sky, grass, water.
  private let palette = Palette(
    [0x8FC7F0, 0x8CC63F, 0x2F7FC1].enumerated().map {
      Palette.Entry(id: UInt16($0), color: Color(packed: $1))
    })
  private static let side = 96

  /// Thirds of sky, grass and water, whose levels are up to `grain` off: all of a pixel by the same, or each by its own.
  private func drawing(grain: Int, isGray: Bool, offset: Int = 0) throws -> Drawing {
    var state: UInt64 = 7
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % (2 * grain + 1) - grain
    }
    var bytes: [UInt8] = []
    for index in 0..<Self.side * Self.side {
      let color = palette.entries[index / (Self.side * Self.side / 3)].color
      let common = next()
      for level in [color.red, color.green, color.blue] {
        bytes.append(UInt8(min(max(Int(level) + offset + (isGray ? common : next()), 0), 255)))
      }
      bytes.append(255)
    }
    return try Drawing(width: Self.side, height: Self.side, bytes: bytes)
  }

  private func read(_ drawing: Drawing) -> SnappedDrawing {
    SnappedDrawing(drawing, palette: palette, unknownId: 255)
  }

  @Test(arguments: [true, false]) func grainyAreasAreReadAsTheirColour(isGray: Bool) throws {
    // Half of the levels of a channel are within eight.
    let result = read(try drawing(grain: 18, isGray: isGray))
    #expect(result.isDrawing && result.strangeCount * 2 > result.ids.values.count)
    let third = Self.side * Self.side / 3
    let wrong = result.ids.values.indices.count { Int(result.ids.values[$0]) != $0 / third }
    #expect(wrong * 50 < result.ids.values.count, "\(wrong) wrong")
    #expect(result.strangeIds.map(\.count).reduce(0, +) == result.strangeCount)
    #expect(result.strangeIds.map(\.id).sorted() == [0, 1, 2])
  }

  @Test func areasOfOtherColoursAreNone() throws {
    #expect(!read(try drawing(grain: 0, isGray: true, offset: 20)).isDrawing)
    #expect(!read(try drawing(grain: 18, isGray: true, offset: 20)).isDrawing)
  }

  @Test func coloursThatAreOnlyInSoftEdgesAreNamed() throws {
    // From sky to water through a class on the way.
    let way = Palette(
      palette.entries + [Palette.Entry(id: 9, color: Color(packed: 0x5FA3D8))])
    var bytes: [UInt8] = []
    for _ in 0..<12 {
      for x in 0..<40 {
        let share = min(max(x - 12, 0), 16)
        for (a, b) in [(0x8F, 0x2F), (0xC7, 0x7F), (0xF0, 0xC1)] {
          bytes.append(UInt8(a + (b - a) * share / 16))
        }
        bytes.append(255)
      }
    }
    let blurred = SnappedDrawing(
      try Drawing(width: 40, height: 12, bytes: bytes), palette: way, unknownId: 255)
    #expect(blurred.blendCount > 0 && blurred.blendedIds == [9])
    #expect(!blurred.ids.values.contains(9))
    // Where an area of it is there too, it does not appear only in edges.
    for y in 0..<12 {
      for x in 32..<40 {
        for (channel, level) in [UInt8(0x5F), 0xA3, 0xD8].enumerated() {
          bytes[4 * (40 * y + x) + channel] = level
        }
      }
    }
    let both = SnappedDrawing(
      try Drawing(width: 40, height: 12, bytes: bytes), palette: way, unknownId: 255)
    #expect(both.ids.values.contains(9) && both.blendedIds == [])
  }
}
