import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// `evaluate --pictures`.
@Suite struct ComparedPicturesTests {
  /// The model's own picture is that of `synthesize`, float32's that of `reference`, and the difference theirs.
  @Test func threePicturesAreSideBySide() throws {
    try withTemporaryFolder { folder in
      let (model, checkpoint) = (try Workshop.path("plain.spade"), try Workshop.path("plain"))
      let evaluated = try Command(
        "evaluate", model, checkpoint, checkpoint, "--pictures", folder + "/errors", "--json")
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      #expect(try contents(of: folder + "/errors").sorted() == ["map01.png", "map02.png"])
      let pictures = try object(evaluated)["pictures"] as? [[String: Any]] ?? []
      for (index, name) in ["map01", "map02"].enumerated() {
        let map = "\(checkpoint)/labels/\(name).png"
        #expect(try Command("synthesize", model, map, "-o", folder + "/m.png").status == 0)
        #expect(try Command("reference", checkpoint, map, "-o", folder + "/f.png").status == 0)
        let painted = try Picture(pngBytes: load(folder + "/m.png")).bytes
        let expected = try Picture(pngBytes: load(folder + "/f.png")).bytes
        let all = try Picture(pngBytes: load("\(folder)/errors/\(name).png"))
        #expect(all.width == 96 && all.height == 32)
        for y in 0..<32 {
          for byte in 0..<96 {
            let at = y * 96 + byte
            let row = all.bytes[y * 288..<(y + 1) * 288]
            let difference = min(8 * abs(Int(painted[at]) - Int(expected[at])), 255)
            let found = [0, 96, 192].map { Int(row[row.startIndex + $0 + byte]) }
            #expect(found == [Int(expected[at]), Int(painted[at]), difference])
          }
        }
        let largest = zip(painted, expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
        #expect(pictures[index]["max_error"] as? Int == largest && largest > 0)
      }
    }
  }

  @Test func theyReplaceNoMap() throws {
    try withTemporaryFolder { folder in
      let (model, checkpoint) = (try Workshop.path("plain.spade"), try Workshop.path("plain"))
      let before = try load(checkpoint + "/labels/map01.png")
      let refused = try Command(
        "evaluate", model, checkpoint, checkpoint, "--pictures", checkpoint + "/labels")
      #expect(refused.status == 1 && refused.output == "" && refused.errorLines.count == 1)
      #expect(refused.errors.contains("is read and would be replaced"), "\(refused.errors)")
      let after = try load(checkpoint + "/labels/map01.png")
      #expect(after == before)
      try save([0], folder + "/file")
      let noFolder = try Command(
        "evaluate", model, checkpoint, checkpoint, "--pictures", folder + "/file")
      #expect(noFolder.status == 1 && noFolder.errors.contains("/file"), "\(noFolder.errors)")
    }
  }

  /// Which of several figures that have the same name.
  @Test func theHelpDefinesSSIM() throws {
    let help = try Command("help", "evaluate").output.split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    #expect(
      help.contains(
        "Gaussian windows of 11 by 11 pixels and a deviation of 1.5 pixels, K1 0.01, K2 0.03 and L 255"))
    #expect(help.contains("over red, green and blue, not of the luma"))
  }
}
