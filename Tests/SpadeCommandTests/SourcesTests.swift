import Foundation
import SpadeTestSupport
import Testing

/// `evaluate --sources` and what `quantize` says of a model's errors.
@Suite struct SourcesTests {
  private let sources = [
    "clipping", "rounding", "weights", "hidden", "affine_weights", "affine", "wide",
  ]

  @Test func theReportHasEverySourceAndLayer() throws {
    let style = try Workshop.path("style")
    let report = try object(Command("evaluate", style + ".spade", style, style, "--sources", "--json"))
    let study = try #require(report["sources"] as? [String: Any])
    let list = study["sources"] as? [[String: Any]] ?? []
    #expect(list.compactMap { $0["source"] as? String } == sources)
    let all = try #require(study["all"] as? Double)
    let mean = try #require((report["mean"] as? [String: Any])?["psnr"] as? Double)
    // Near 50 dB it shows that the runtime's tanh is a fraction.
    #expect(abs(all - mean) < 1)
    // Sources cancel each other in part, so that leaving one out may cost a little.
    #expect(list.allSatisfy { $0["without"] as? Double ?? 0 > all - 0.6 })
    let layers = study["layers"] as? [[String: Any]] ?? []
    let names = (report["layers"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
    #expect(Set(layers.compactMap { $0["name"] as? String }) == Set(names + ["conv_img"]))
    for layer in layers {
      #expect((layer["alone"] as? [[String: Any]])?.count == sources.count)
      #expect((layer["clipped_share"] == nil) == (layer["name"] as? String == "fc"))
    }
  }

  @Test func theSourcesAreDrawn() throws {
    try withTemporaryFolder { folder in
      let plain = try Workshop.path("plain")
      let evaluated = try Command(
        "evaluate", plain + ".spade", plain, plain, "--sources-picture", folder + "/s.svg")
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      #expect(evaluated.output.contains("without dB") && evaluated.output.contains("clipped %"))
      let drawing = String(decoding: try load(folder + "/s.svg"), as: UTF8.self)
      #expect(drawing.hasPrefix("<svg ") && drawing.hasSuffix("</svg>\n"))
      for text in ["fc", "up_0.conv_s", "conv_img", "γβ weights", "A and B"] {
        #expect(drawing.contains(">\(text)</text>"), "\(text)")
      }
      #expect(!drawing.contains("nan") && !drawing.contains("inf\""))
    }
  }

  @Test func withoutTheFlagThereAreNoSources() throws {
    let plain = try Workshop.path("plain")
    let report = try object(Command("evaluate", plain + ".spade", plain, plain, "--json"))
    #expect(report["sources"] == nil)
  }

  @Test func anotherCheckpointCannotTellSources() throws {
    try withTemporaryFolder { folder in
      let other = folder + "/other"
      let made = try Command(
        "random-checkpoint", other, "--ngf", "2", "--classes", "4", "--dontcare", "--size", "32x32", "--maps",
        "1", "--seed", "5")
      #expect(made.status == 0, "\(made.errors)")
      let refused = try Command(
        "evaluate", Workshop.path("plain.spade"), other, other, "--sources-picture", folder + "/s.svg")
      #expect(refused.status == 1 && refused.output == "")
      #expect(refused.errorLines.last?.contains("the checkpoint that") == true, "\(refused.errors)")
      #expect(try contents(of: folder) == ["other"])
      #expect(try Command("evaluate", Workshop.path("plain.spade"), other, other).status == 1)
    }
  }

  @Test func aPictureThatCannotBeWrittenIsSaidAtOnce() throws {
    let plain = try Workshop.path("plain")
    let refused = try Command(
      "evaluate", plain + ".spade", plain, plain, "--sources-picture", "/nowhere/s.svg")
    #expect(refused.status == 1 && refused.output == "" && refused.errors.contains("/nowhere"))
    let misnamed = try Command("evaluate", plain + ".spade", plain, plain, "--sources-picture", "s.png")
    #expect(
      misnamed.status == 2 && misnamed.errors.contains("s.png is drawn as SVG; give a name that ends in .svg")
    )
  }

  @Test func quantizeTellsOfErrorsInLines() throws {
    try withTemporaryFolder { folder in
      let quantized = try Command(
        "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "-o", folder + "/m.spade"
      )
      let lines = quantized.output.split(separator: "\n")
      let first = try #require(lines.firstIndex { $0.hasPrefix("int8 against float32 on 5 drawings ") })
      #expect(lines[first + 1].hasPrefix("each with its largest error: drawing of 2 areas "))
      #expect(lines[first + 2].hasPrefix("each error alone on the worst: clipped codes "))
      #expect(
        lines[first + 3].hasPrefix("clipped: ") && lines[first + 3].contains("of the values of these 5"))
      #expect(lines[first + 4].hasPrefix("test picture, of a map that calibration saw: "))
    }
  }
}
