import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// What is said of drawings whose colours had to be guessed, and of names that are nearly right.
@Suite struct DrawingNoteTests {
  private let classes = [
    NetworkClass(name: "sky", color: Color(packed: 0x8FC7F0)),
    NetworkClass(name: "grass", color: Color(packed: 0x8CC63F)),
    NetworkClass(name: "water", color: Color(packed: 0x2F7FC1)),
  ]
  private let input = NetworkInput(
    width: 10, height: 10, labelCount: 3, unknownLabel: nil, hasEdges: false, styleCount: 0)

  /// Of a drawing of 10 × 10 pixels, by their places row by row.
  private func notes(_ color: (Int) -> Int32) throws -> [String] {
    try withTemporaryFolder { folder in
      let bytes = (0..<100).flatMap { index in
        let color = Color(packed: color(index))
        return [color.red, color.green, color.blue]
      }
      try Picture(width: 10, height: 10, bytes: bytes).write(png: folder + "/d.png")
      return try LabelReading(for: input, classes: classes).read(labels: folder + "/d.png", instances: nil)
        .notes
    }
  }

  @Test func strangePixelsAreNamedByTheirClasses() throws {
    // 30 beside grass, 10 beside sky.
    let found = try notes { $0 < 40 ? 0x8FC7F0 : $0 < 50 ? 0xA0C7C0 : $0 < 70 ? 0x8CC63F : 0x8CE620 }
    #expect(found.count == 2, "\(found)")
    #expect(
      found[0].hasSuffix(
        "are near no class's colour and took the nearest around them: grass 75 % and sky 25 %; that is 40 % of the drawing: "
          + "--relabel names colours, and --save-map shows what was read."), "\(found)")
    #expect(found[0].contains("note: 40 of 100 pixels of "))
    let few = try notes { $0 < 40 ? 0x8FC7F0 : $0 < 50 ? 0xA0C7C0 : 0x8CC63F }
    #expect(few[0].hasSuffix("took the nearest around them: sky 100 %."), "\(few)")
    let one = try notes { $0 == 3 ? 0xA0C7C0 : 0x8FC7F0 }
    #expect(
      one[0].contains("1 of 100 pixels of ")
        && one[0].contains(" is near no class's colour and took the nearest around it: sky"))
  }

  /// The note of a palette picture of sky, grass and water in these colours.
  private func paletteNotes(
    _ palette: [Int32], values: [UInt16] = [0, 1, 2, 2], relabel: String? = nil
  ) throws -> (ids: [UInt16], notes: [String]) {
    try withTemporaryFolder { folder in
      let input = NetworkInput(
        width: 2, height: 2, labelCount: 3, unknownLabel: nil, hasEdges: false, styleCount: 0)
      try save(
        IndexImage(width: 2, height: 2, values: values).pngBytes(colors: palette.map { Color(packed: $0) }),
        folder + "/x.png")
      if let relabel { try save(Array(relabel.utf8), folder + "/r.txt") }
      let reading = try LabelReading(
        for: input, classes: classes, relabel: relabel.map { _ in folder + "/r.txt" })
      let read = try reading.read(labels: folder + "/x.png", instances: nil)
      return (read.map.ids, read.notes)
    }
  }

  @Test func aPaletteOfOtherColoursIsReadByIdsWithANote() throws {
    let other = try paletteNotes([0x4466FF, 0x22AA11, 0x3355EE])
    #expect(other.ids == [0, 1, 2, 2] && other.notes.count == 1)
    #expect(other.notes[0].hasPrefix("note: the palette of "))
    #expect(
      other.notes[0].hasSuffix(
        "x.png has other colours than the classes; it is read by its ids; --palette model reads colours."))
    // Who names ids knows that they are.
    #expect(try paletteNotes([0x4466FF, 0x22AA11, 0x3355EE], relabel: "0 1\n1 1\n2 0").notes == [])
    #expect(try paletteNotes([0x8FC7F0, 0x8CC63F, 0x2F7FC1]).notes == [])
    #expect(try paletteNotes([0x000000, 0x800000, 0x008000]).notes == [])
    do {
      _ = try paletteNotes([0x4466FF, 0x22AA11, 0x3355EE, 0x22AA44], values: [0, 1, 3, 3])
      Issue.record("accepted")
    } catch {
      let sentence = (error as? Failure)?.sentence ?? ""
      #expect(sentence.contains("holds id 3") && sentence.contains("--palette model to read its colours"))
    }
  }

  @Test func namesInAnyCase() throws {
    #expect(try LabelReading(for: input, classes: classes, fill: "Sky").fillId == 0)
    #expect(try LabelReading(for: input, classes: classes, fill: "WATER").fillId == 2)
    let twins = ["Sky", "sky", "SKY"].map { NetworkClass(name: $0, color: nil) }
    #expect(try LabelReading(for: input, classes: twins, fill: "sky").fillId == 1)
    #expect(throws: Failure.self) { try LabelReading(for: input, classes: twins, fill: "sKY") }
    do {
      _ = try LabelReading(for: input, classes: twins, fill: "skyy")
      Issue.record("accepted")
    } catch {
      #expect(error.sentence.contains("did you mean Sky?"), "\(error.sentence)")
    }
  }
}
