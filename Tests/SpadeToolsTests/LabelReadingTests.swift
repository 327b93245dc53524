import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// Files that SpadeImage does not write are from Python's zlib.
@Suite struct LabelReadingTests {
  /// The ids of a file of 2 pixels a row.
  private func ids(
    _ base64: String, height: Int = 2, unknown: Int?, colors: LabelReading.Colors? = nil,
    lastColor: Color = Color(red: 10, green: 20, blue: 30)
  ) throws -> [UInt16] {
    let input = NetworkInput(
      width: 2, height: height, labelCount: 3, unknownLabel: unknown, hasEdges: false, styleCount: 0)
    let classes = [
      NetworkClass(name: "a", color: Color(red: 40, green: 50, blue: 60)),
      NetworkClass(name: "b", color: nil),
      NetworkClass(name: "c", color: lastColor),
    ]
    return try withTemporaryFolder { folder in
      try save([UInt8](Data(base64Encoded: base64)!), folder + "/m.png")
      return try LabelReading(for: input, classes: classes, colors: colors)
        .map(labels: folder + "/m.png", instances: nil).ids
    }
  }

  /// RGBA of 2×2: (10, 20, 30) opaque and transparent, (40, 50, 60) opaque and half.
  @Test func transparentPixelsAreUnknownOrRefused() throws {
    let file = """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAF0lEQVR4nGPgEpH7D8QMDBpGNv+BuAEAH5sEI1I7u8EAAAAASUVORK5CYII=
      """
    #expect(try ids(file, unknown: 1) == [2, 1, 0, 0])
    do {
      _ = try ids(file, unknown: nil)
      Issue.record("accepted")
    } catch { #expect((error as? Failure)?.sentence.contains("transparent at x 1, y 0") == true) }
  }

  /// Indices 1, 0 with the palette (10, 20, 30), (40, 50, 60): the classes' colours in another order.
  @Test func aPaletteFileIsReadByColourWhereItHasTheClassesColours() throws {
    let file = """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAMAAADD/I+4AAAABlBMVEUKFB4oMjzVG7TpAAAAC0lEQVR4nGNgZAAAAAUAAtFmM3gAAAAASUVORK5CYII=
      """
    #expect(try ids(file, height: 1, unknown: nil) == [0, 2])
    #expect(try ids(file, height: 1, unknown: nil, colors: .model) == [0, 2])
    // Also where its colours are only close to them, as those of a palette that a drawing program chose.
    #expect(try ids(file, height: 1, unknown: nil, lastColor: Color(red: 12, green: 20, blue: 35)) == [0, 2])
    // Without that colour a palette's indices are ids.
    #expect(try ids(file, height: 1, unknown: nil, lastColor: Color(red: 10, green: 20, blue: 90)) == [1, 0])
  }

  /// RGBA of 2×2 as above; 255 in a map of ids is filled too where it is no class.
  @Test func transparentPixelsTakeTheClassThatFillsThem() throws {
    let file = """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAF0lEQVR4nGPgEpH7D8QMDBpGNv+BuAEAH5sEI1I7u8EAAAAASUVORK5CYII=
      """
    let classes = [
      NetworkClass(name: "a", color: Color(red: 40, green: 50, blue: 60)),
      NetworkClass(name: "b b", color: nil),
      NetworkClass(name: "c", color: Color(red: 10, green: 20, blue: 30)),
    ]
    try withTemporaryFolder { folder in
      let path = folder + "/m.png"
      func ids(_ fill: String?) throws -> [UInt16] {
        try LabelReading(for: input, classes: classes, fill: fill).map(labels: path, instances: nil).ids
      }
      try save([UInt8](Data(base64Encoded: file)!), path)
      #expect(try ids("b b") == [2, 1, 0, 0] && ids("0") == [2, 0, 0, 0])
      do {
        _ = try ids(nil)
        Issue.record("accepted")
      } catch {
        #expect(
          (error as? Failure)?.sentence.contains("or --fill and the class that they are, such as --fill a.")
            == true)
      }
      #expect(throws: Failure.self) { try ids("d") }
      try IndexImage(width: 2, height: 2, values: [2, 255, 0, 255]).write(png: path)
      #expect(try ids("c") == [2, 2, 0, 2])
      #expect(throws: Failure.self) { try ids(nil) }
    }
  }

  /// Two colours that no class has, also as a palette.
  @Test func aPersonsOwnColours() throws {
    try withTemporaryFolder { folder in
      let (path, relabel) = (folder + "/m.png", folder + "/r.txt")
      try save(Array("#3355ff 2\n#33ff55 1".utf8), relabel)
      let blue = Color(red: 0x33, green: 0x55, blue: 0xFF)
      let green = Color(red: 0x33, green: 0xFF, blue: 0x55)
      func ids(_ relabel: String?) throws -> [UInt16] {
        let classes = [NetworkClass(name: "sky", color: Color(red: 200, green: 0, blue: 0))]
        return try LabelReading(for: input, classes: classes, relabel: relabel).map(
          labels: path, instances: nil
        ).ids
      }
      let bytes = [blue, green, green, blue].flatMap { [$0.red, $0.green, $0.blue] }
      try Picture(width: 2, height: 2, bytes: bytes).write(png: path)
      #expect(try ids(relabel) == [2, 1, 1, 2])
      do {
        _ = try ids(nil)
        Issue.record("accepted")
      } catch {
        let sentence = (error as? Failure)?.sentence ?? ""
        #expect(sentence.contains("printf '%s\\n' '#3355ff sky' '#33ff55 sky' > colors.txt"), "\(sentence)")
      }
      try save(IndexImage(width: 2, height: 2, values: [0, 1, 1, 0]).pngBytes(colors: [blue, green]), path)
      #expect(try ids(relabel) == [2, 1, 1, 2] && ids(nil) == [0, 1, 1, 0])
    }
  }

  /// Black, white; white, black, of one bit a pixel.
  @Test func blackAndWhiteIsReadAsIdsWithANote() throws {
    let file = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACAQAAAABazTCJAAAADElEQVR42mNwYGgAAAFEAMEEh8/6AAAAAElFTkSuQmCC"
    try withTemporaryFolder { folder in
      let path = folder + "/m.png"
      try save([UInt8](Data(base64Encoded: file)!), path)
      try save(Array("1 2".utf8), folder + "/r.txt")
      let classes = ["sky", "grass", "rock"].map { NetworkClass(name: $0, color: nil) }
      let reading = try LabelReading(for: input, classes: classes).read(labels: path, instances: nil)
      #expect(reading.map.ids == [0, 1, 1, 0] && reading.notes.count == 1)
      #expect(reading.notes[0].contains("is black and white and is read as ids, 0 sky and 1 grass;"))
      let relabelled = try LabelReading(for: input, relabel: folder + "/r.txt").read(
        labels: path, instances: nil)
      #expect(
        relabelled.map.ids == [0, 2, 2, 0] && !relabelled.notes.contains { $0.contains("black and white") })
      try IndexImage(width: 2, height: 2, values: [0, 1, 1, 0]).write(png: path)
      #expect(try LabelReading(for: input).read(labels: path, instances: nil).notes.isEmpty)
    }
  }

  private func refusal(_ values: [UInt16], for input: NetworkInput, relabel: String? = nil) throws -> String?
  {
    try withTemporaryFolder { folder in
      try IndexImage(width: 2, height: 2, values: values).write(png: folder + "/m.png")
      if let relabel { try save(Array(relabel.utf8), folder + "/r.txt") }
      do {
        _ = try LabelReading(for: input, relabel: relabel.map { _ in folder + "/r.txt" })
          .map(labels: folder + "/m.png", instances: nil)
        return nil
      } catch { return (error as? Failure)?.sentence }
    }
  }

  private let input = NetworkInput(
    width: 2, height: 2, labelCount: 3, unknownLabel: nil, hasEdges: false, styleCount: 0)

  @Test func theFirstPixelOutsideTheClassesIsNamed() throws {
    #expect(try refusal([0, 1, 2, 1], for: input) == nil)
    let sentence = try refusal([0, 1, 7, 9], for: input)
    #expect(sentence?.contains("holds id 7 at x 0, y 1") == true)
  }

  @Test func allIdsWithoutALineAreNamed() throws {
    #expect(try refusal([5, 6, 1, 0], for: input, relabel: "5 1\n6 2") == nil)
    let sentence = try refusal([9, 5, 7, 8], for: input, relabel: "5 1")
    #expect(sentence?.contains("holds ids 7, 8 and 9, which") == true)
  }

  /// Two rows of four become one of two: the sources are columns 1 and 3 of row 1. Borders are those of the small map.
  @Test func mapsAreBroughtToTheNetworksSizeAndBordersFollow() throws {
    let small = NetworkInput(
      width: 2, height: 1, labelCount: 9, unknownLabel: nil, hasEdges: true, styleCount: 0)
    try withTemporaryFolder { folder in
      try IndexImage(width: 4, height: 2, values: [0, 1, 2, 3, 4, 5, 6, 7]).write(png: folder + "/m.png")
      try IndexImage(width: 4, height: 2, values: [9, 9, 9, 9, 9, 9, 8, 8]).write(png: folder + "/i.png")
      let map = try LabelReading(for: small).map(labels: folder + "/m.png", instances: folder + "/i.png")
      #expect(map.ids == [5, 7] && map.edges == [1, 1])
    }
  }
}
