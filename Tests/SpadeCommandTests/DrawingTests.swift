import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct DrawingTests {
  /// RGB of the classes in `Workshop.classes` that have one, by id.
  static let colors: [UInt16: [UInt8]] = [
    0: [0x87, 0xCE, 0xEB], 1: [0x20, 0x60, 0xC0], 2: [60, 160, 40], 4: [0x80, 0x80, 0x80],
  ]
  /// Colours whose red bytes are COCO-Stuff ids: sky, water, grass, rock.
  static let gaugan: [UInt16: [UInt8]] = [
    0: [156, 238, 221], 1: [177, 200, 255], 2: [123, 200, 0], 4: [149, 100, 50],
  ]
  private static let relabel = "156 sky\n177 still water\n123 2\n149 4 # rock\n"

  /// Four areas of 64×32, as ids; all of them drawn in `colors`, perhaps with other colours at some places.
  static let ids: [UInt16] = (0..<64 * 32).map {
    $0 / 64 < 20 ? ($0 % 64 < 40 ? 0 : 1) : ($0 % 64 < 25 ? 2 : 4)
  }

  static func drawing(_ colors: [UInt16: [UInt8]], changing places: [Int: [UInt8]] = [:]) throws -> Picture {
    let bytes = ids.enumerated().flatMap { index, id in places[index] ?? colors[id]! }
    return try Picture(width: 64, height: 32, bytes: bytes)
  }

  private func paint(_ folder: String, _ map: String, _ options: [String]) throws -> Command {
    try Command(
      [
        "synthesize", Workshop.path("style.spade"), "\(folder)/\(map)", "--instances",
        Workshop.path("style/instances/map01.png"), "--seed", "1", "-o", folder + "/p.png",
      ] + options)
  }

  /// Expects the picture of `ids`.
  private func same(_ folder: String, _ command: Command, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    #expect(command.status == 0, "\(command.errors)", sourceLocation: sourceLocation)
    let picture = try load(folder + "/p.png")
    try IndexImage(width: 64, height: 32, values: Self.ids).write(png: folder + "/ids.png")
    #expect(try paint(folder, "ids.png", []).status == 0)
    #expect(try picture == load(folder + "/p.png"), sourceLocation: sourceLocation)
  }

  @Test func aDrawingInTheModelsColours() throws {
    try withTemporaryFolder { folder in
      try Self.drawing(Self.colors).write(png: folder + "/d.png")
      for options in [[], ["--palette", "model"]] {
        let command = try paint(folder, "d.png", options)
        #expect(command.errors == "")
        try same(folder, command)
      }
    }
  }

  /// Between sky and water at row 3, grass and rock at row 25; the last pixel is only a level away, within the tolerance.
  @Test func smoothedEdgesTakeTheNearestAndAreCounted() throws {
    let places = [
      3 * 64 + 39: [UInt8](arrayLiteral: 0x6E, 0xB3, 0xE1), 3 * 64 + 40: [0x39, 0x7B, 0xCA],
      25 * 64 + 24: [70, 152, 60], 30 * 64 + 10: [61, 160, 40],
    ]
    try withTemporaryFolder { folder in
      try Self.drawing(Self.colors, changing: places).write(png: folder + "/d.png")
      let command = try paint(folder, "d.png", [])
      #expect(command.errorLines.count == 1 && command.errors.contains("note: 3 of 2,048 pixels of"))
      try same(folder, command)
    }
  }

  @Test func aDrawingOfTheGauGANDemo() throws {
    try withTemporaryFolder { folder in
      // Halfway between sky and water, where the red byte is another id.
      try Self.drawing(Self.gaugan, changing: [5 * 64 + 40: [167, 218, 240]]).write(png: folder + "/d.png")
      try save(Array(Self.relabel.utf8), folder + "/coco.txt")
      let options = ["--palette", "gaugan", "--relabel", folder + "/coco.txt"]
      let command = try paint(folder, "d.png", options)
      // One pixel of 2,048 is not worth a note.
      #expect(command.errorLines.isEmpty, "\(command.errors)")
      try same(folder, command)
      let without = try paint(folder, "d.png", ["--palette", "gaugan"])
      #expect(without.status == 1 && without.errors.contains("holds id 156 at x 0, y 0"))
    }
  }

  @Test func idsOfAnotherNetwork() throws {
    try withTemporaryFolder { folder in
      let coco: [UInt16: UInt16] = [0: 156, 1: 177, 2: 123, 4: 4]
      try IndexImage(width: 64, height: 32, values: Self.ids.map { coco[$0]! }).write(png: folder + "/m.png")
      try save(Array("156 sky\n177 1\n123 grass".utf8), folder + "/coco.txt")
      let command = try paint(folder, "m.png", ["--relabel", folder + "/coco.txt"])
      #expect(command.errorLines.count == 1 && command.errors.contains("holds id 4, which"))
      try same(folder, command)
      try save(Array("156 sky".utf8), folder + "/coco.txt")
      let lost = try paint(folder, "m.png", ["--relabel", folder + "/coco.txt"])
      #expect(lost.status == 1 && lost.output == "" && lost.errorLines.count == 1)
      #expect(lost.errors.contains("holds ids 123 and 177, which") && lost.errors.contains("ids 0 to 4"))
    }
  }

  @Test func picturesThatAreNoDrawingsAreRefused() throws {
    try withTemporaryFolder { folder in
      let photo = (0..<64 * 32 * 3).map { UInt8(truncatingIfNeeded: $0 * $0 / 7 * 31) }
      try Picture(width: 64, height: 32, bytes: photo).write(png: folder + "/photo.png")
      for (options, words) in [
        ([], "is a photo, or drawn in other colours than the classes': "),
        (
          [],
          "; a photo is a style, --style \(folder)/photo.png, and the command classes lists the colours of maps."
        ),
        (["--palette", "gaugan"], "areas of one colour"),
      ] {
        let command = try paint(folder, "photo.png", options)
        #expect(command.status == 1 && command.output == "" && command.errorLines.count == 1)
        #expect(command.errors.contains("/photo.png ") && command.errors.contains(words), "\(command.errors)")
      }
      #expect(try contents(of: folder) == ["photo.png"])
    }
  }

  /// As another colour profile leaves them: the error's command makes the file that reads the drawing.
  @Test func aDrawingInOtherColoursIsReadByTheFileOfItsError() throws {
    try withTemporaryFolder { folder in
      let shifted = Self.colors.mapValues { $0.map { $0 > 127 ? $0 - 12 : $0 + 12 } }
      try Self.drawing(shifted).write(png: folder + "/d.png")
      let refused = try paint(folder, "d.png", [])
      #expect(
        refused.status == 1 && refused.errors.contains("/d.png is drawn in other colours than the classes'"))
      let line = try #require(refused.errors.firstMatch(of: /printf .* > colors.txt/)).0
      #expect(line.contains("'#7bc2df sky'"))
      #expect(try Command(program: ["/bin/sh", "-c"], ["cd '\(folder)' && \(line)"]).status == 0)
      let command = try paint(folder, "d.png", ["--relabel", folder + "/colors.txt"])
      #expect(command.errors == "")
      try same(folder, command)
    }
  }

  @Test func aNetworkWithoutColoursReadsNone() throws {
    try withTemporaryFolder { folder in
      try Self.drawing(Self.colors).write(png: folder + "/d.png")
      for (options, words) in [
        ([], "have no colours"), (["--palette", "model"], "--palette model cannot be used"),
      ] {
        let command = try Command(
          ["synthesize", Workshop.path("plain.spade"), folder + "/d.png", "-o", folder + "/p.png"] + options)
        #expect(command.status == 1 && command.errorLines.count == 1 && command.errors.contains(words))
        #expect(command.errors.contains("--labels"))
      }
    }
  }

  @Test func anUnknownPaletteIsWrongUsage() throws {
    let command = try Command("synthesize", "m", "l", "-o", "p.png", "--palette", "coco")
    #expect(command.status == 2 && command.errors.contains("model"))
  }

  @Test func inspectShowsTheColours() throws {
    let lines = try Command("inspect", Workshop.path("style.spade")).output.split(separator: "\n").map(
      String.init)
    #expect(lines.contains("    1  still water  #2060c0") && lines.contains("    3  fence        none"))
    let classes =
      try object(Command("inspect", Workshop.path("style.spade"), "--json"))["classes"] as? [[String: Any]]
    #expect(classes?[2]["name"] as? String == "grass" && classes?[2]["color"] as? [Int] == [60, 160, 40])
  }
}
