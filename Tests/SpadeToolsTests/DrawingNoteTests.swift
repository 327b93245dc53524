import Foundation
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

  @Test func classesInNoPixelsExactColourAreNamed() throws {
    // Sky, and a corner of 3 × 3 whose colours are all near grass's: each its own.
    let found = try notes { index in
      index % 10 < 3 && index < 30
        ? 0x8CC63F + Int32(index % 10 + 1) * 0x010002 + Int32(index / 10) * 0x0100 : 0x8FC7F0
    }
    #expect(found.count == 1 && found[0].hasPrefix("note: grass, 9 % of the map: no pixel of "), "\(found)")
    #expect(
      found[0].hasSuffix(
        "d.png has this class's colour exactly, so it may be what lies between others; --save-map shows where."
      ))
    // An area that is a little off, as colour management leaves it, was drawn, and so was a line in the colour itself.
    #expect(try notes { $0 < 50 ? 0x8FC7F0 : 0x8EC842 } == [])
    #expect(try notes { $0 % 11 == 0 ? 0x8CC63F : 0x8FC7F0 } == [])
  }

  /// Of a file of 10 × 10 pixels that Pillow wrote.
  private func reading(_ base64: String) throws -> LabelReading.Reading {
    try withTemporaryFolder { folder in
      try save([UInt8](Data(base64Encoded: base64)!), folder + "/d.png")
      return try LabelReading(for: input, classes: classes).read(labels: folder + "/d.png", instances: nil)
    }
  }

  /// RGBA: sky, and 12 pixels of grass with alpha 128.
  @Test func halfTransparentPixelsAreToldWithTheirShare() throws {
    let file =
      "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAJ0lEQVR42mPsOWbfwEAEYIExmBk31uNTyNh//MN/YkxkYiASjEyFADPjBp9qk9"
      + "+SAAAAAElFTkSuQmCC"
    let found = try reading(file)
    #expect(found.map.ids.count { $0 == 1 } == 12)
    #expect(found.notes.count == 1 && found.notes[0].contains("note: 12 pixels of "))
    #expect(
      found.notes[0].hasSuffix(
        "d.png, 12 %, are half-transparent and read by their own colours, as if they hid what is below; flatten the layers before "
          + "the export to have them read as they look."), "\(found.notes)")
  }

  /// RGB, all sky, with profiles that call themselves Display P3 and sRGB built-in.
  @Test func aColourProfileIsNamedUnlessItIsSRGB() throws {
    let wide =
      "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAm2lDQ1BJQ0MgUHJvZmlsZQAAeJxjYGB4wQAFuXklRUHuTgoRkVEKDEggMbm4gA"
      + "Ev+HaNgRFEX9bFrw4rYExJLU4G0hOAWBzKBgFul8zigpzESoUAYwYXhSabv88+Hso2+Ml3/C7jk45Sk0X83Lwsh/Nu8BU++Fu+oazg9RTuq8bx"
      + "021X3UicPfH/ScGvNeeuROzer/PAPPjkXgYAw7Ayr1NZdFgAAAAVSURBVHjaY+w//oEBN2BiwAtGqjQAyUcCWo61CAAAAAAASUVORK5CYII="
    let standard =
      "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAnWlDQ1BJQ0MgUHJvZmlsZQAAeJxjYGB4wwAFuXklRUHuTgoRkVEKDEggMbm4gA"
      + "Ev+HaNgRFEX9bFrw4rYExJLU4G0hOAWArKBgG+YpBjkkozc0p0M/MYfvF/EJt7MjyshC2t7PyGLa87mY44Zd6S+bYr7fKPbVc2Mqx8xVcaFaPX"
      + "JKCixfGcvb++0yJuwxTl0MCmsO5pL5b8+8TAAABqoDHy9C6QzAAAABVJREFUeNpj7D/+gQE3YGLAC0aqNADJRwJajrUIAAAAAABJRU5ErkJggg"
      + "=="
    let found = try reading(wide)
    #expect(found.map.ids.allSatisfy { $0 == 0 })
    try #require(found.notes.count == 1)
    #expect(
      found.notes[0].contains("d.png has the colour profile Display P3, which is not applied"),
      "\(found.notes)")
    #expect(try reading(standard).notes == [])
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
