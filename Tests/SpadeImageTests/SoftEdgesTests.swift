import Foundation
import Testing

@testable import SpadeImage

/// The layouts of the landscape model as drawings with hard edges, and as a soft brush would leave them.
@Suite struct SoftEdgesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Models/landscapes").path
  private static let side = 256
  /// Pixels of a drawing for one of a layout, in each direction.
  private static let scale = 4

  private static func palette() throws -> Palette {
    let lines = try String(contentsOfFile: folder + "/classes.txt", encoding: .utf8).split(separator: "\n")
    return Palette(
      try lines.enumerated().map { id, line in
        let word = String(try #require(line.split(separator: " ").last))
        return Palette.Entry(id: UInt16(id), color: try #require(Color(hexadecimal: word)))
      })
  }

  /// - Returns: `[side · scale][side · scale][3]`.
  private static func colors(_ layout: IndexImage, _ palette: Palette) -> [UInt8] {
    let large = side * scale
    var bytes: [UInt8] = []
    bytes.reserveCapacity(large * large * 3)
    for y in 0..<large {
      for x in 0..<large {
        let color = palette.entries[Int(layout.values[y / scale * side + x / scale])].color
        bytes += [color.red, color.green, color.blue]
      }
    }
    return bytes
  }

  /// The mean of nine pixels, twice in each direction: edges become twenty pixels wide.
  private static func softened(_ bytes: [UInt8]) -> [UInt8] {
    let large = side * scale
    var values = bytes.map { Int($0) }
    for _ in 0..<2 {
      for step in [3, 3 * large] {
        let before = values
        for y in 0..<large {
          for x in 0..<large {
            let place = step == 3 ? x : y
            for channel in 0..<3 {
              let at = 3 * (y * large + x) + channel
              var sum = 0
              for offset in -4...4 {
                sum += before[at + step * (min(max(place + offset, 0), large - 1) - place)]
              }
              values[at] = (sum + 4) / 9
            }
          }
        }
      }
    }
    return values.map { UInt8($0) }
  }

  private static func read(_ bytes: [UInt8], _ palette: Palette) throws -> SnappedDrawing {
    let large = side * scale
    let drawing = try Drawing(Picture(width: large, height: large, bytes: bytes))
    return SnappedDrawing(drawing, palette: palette, unknownId: 255)
  }

  /// Whether a class lies within eight pixels of a layout's pixel.
  private static func isNear(_ id: UInt16, _ index: Int, _ layout: IndexImage) -> Bool {
    let (x, y) = (index % side, index / side)
    for row in max(0, y - 8)...min(side - 1, y + 8) {
      for column in max(0, x - 8)...min(side - 1, x + 8) where layout.values[row * side + column] == id {
        return true
      }
    }
    return false
  }

  /// Pixels that come back right, and those of classes that are nowhere around: as measured, with little room.
  /// Made smaller by leaving out pixels, layouts have single pixels of snow between sky and clouds, or of bush between trees and grass, whose
  /// colours lie on the way between those: they became the nearer side.
  @Test(arguments: [(64, 64), (100, 75), (128, 128), (256, 256), (300, 200)])
  func hardEdgesAreReadAsDrawn(width: Int, height: Int) throws {
    let palette = try Self.palette()
    let names = try ["layouts", "doodles"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(folder)").filter {
        $0.hasSuffix(".png")
      }
      .map { "\(folder)/\($0)" }
    }
    #expect(names.count > 12)
    for name in names {
      let drawn = try IndexImage(
        pngBytes: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)")))
      ).resized(width: width, height: height)
      let colors = drawn.values.map { palette.entries[Int($0)].color }
      let bytes = colors.flatMap { [$0.red, $0.green, $0.blue] }
      let snapped = SnappedDrawing(
        try Drawing(Picture(width: width, height: height, bytes: bytes)), palette: palette, unknownId: 255)
      #expect(snapped.ids == drawn && snapped.blendCount == 0, "\(name)")
    }
  }

  @Test(arguments: [
    ("fields", 0.977, 200), ("mountain-lake", 0.983, 60), ("river", 0.965, 900), ("shore", 0.974, 300),
    ("village", 0.973, 220),
    ("winter-road", 0.983, 260),
  ])
  func layouts(name: String, leastShare: Double, mostStrangers: Int) throws {
    let palette = try Self.palette()
    let layout = try IndexImage(
      pngBytes: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/layouts/\(name).png"))))
    let hard = Self.colors(layout, palette)
    let exact = try Self.read(hard, palette)
    #expect(exact.blendCount == 0 && exact.strangeCount == 0)
    #expect(exact.ids.resized(width: Self.side, height: Self.side) == layout)
    let soft = try Self.read(Self.softened(hard), palette).ids.resized(width: Self.side, height: Self.side)
    let wrong = soft.values.indices.filter { soft.values[$0] != layout.values[$0] }
    let strangers = wrong.count { !Self.isNear(soft.values[$0], $0, layout) }
    #expect(1 - Double(wrong.count) / Double(Self.side * Self.side) >= leastShare, "\(wrong.count) wrong")
    #expect(strangers <= mostStrangers, "\(strangers) of other classes, \(wrong.count) wrong")
  }
}
