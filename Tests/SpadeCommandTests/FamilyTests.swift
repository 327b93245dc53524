import Foundation
import SpadeTestSupport
import Testing

/// Networks of SPADE's relatives with random weights, from their folder to a picture.
@Suite(.serialized) struct FamilyTests {
  private static let families: [(String, [String])] = [
    ("gan-compression", ["--channels", "1_1_2_1_1_2_3_2", "--edges"]),
    ("clade", ["--ngf", "1", "--edges"]), ("oasis", ["--ngf", "1", "--style-size", "0"]),
  ]

  @Test(arguments: families) func fromRandomWeightsToAPicture(family: String, options: [String]) throws {
    try withTemporaryFolder { folder in
      let checkpoint = folder + "/random"
      let size = ["--classes", "3", "--size", "32x32", "--maps", "1"]
      let made = try Command(["random-checkpoint", checkpoint, "--family", family] + size + options)
      #expect(made.status == 0, "\(made.errors)")
      let model = folder + "/random.spade"
      // Without --calibration, and no question is left open: opt.txt answers them.
      let quantized = try Command("quantize", checkpoint, "-o", model)
      #expect(quantized.status == 0, "\(quantized.errors)")

      let report = try object(Command("inspect", model, "--json"))
      let network = try #require(report["network"] as? [String: Any])
      #expect(network["family"] as? String == family && network["published_setting"] == nil)
      let text = try Command("inspect", model).output
      #expect(text.contains("family         \(family)\n"))
      let channels = network["channels"] as? [Int]
      #expect(channels == (family == "gan-compression" ? [1, 1, 2, 1, 1, 2, 3, 2] : nil))
      let named = family == "gan-compression" ? "channels 1_1_2_1_1_2_3_2" : "ngf 1"
      #expect(text.contains("network        \(named), "), "\(text)")

      try expectEveryLayerIsRead(model, checkpoint, report)

      // Planned anew it is the same network.
      let small = folder + "/small.spade"
      #expect(try Command("plan", model, "--max-ram", "200000", "-o", small).status == 0)
      let map = ["\(checkpoint)/labels/map01.png"]
      let borders = options.contains("--edges") ? ["--instances", "\(checkpoint)/instances/map01.png"] : []
      var pictures: [[UInt8]] = []
      for (model, threads) in [(model, "1"), (model, "3"), (small, "2")] {
        let picture = folder + "/picture.png"
        let command = try Command(
          ["synthesize", model] + map + borders + ["--threads", threads, "-o", picture])
        #expect(command.status == 0, "\(command.errors)")
        pictures.append(try load(picture))
      }
      #expect(pictures[0] == pictures[1] && pictures[0] == pictures[2])
    }
  }

  /// `evaluate` has a ratio for what each convolution makes, a block's for its last; of maps that calibration has not seen.
  private func expectEveryLayerIsRead(_ model: String, _ checkpoint: String, _ report: [String: Any]) throws {
    let evaluated = try Command("evaluate", model, checkpoint, checkpoint + "/labels", "--json")
    // So small a network may lose much, which is noted; that maps were seen is not.
    #expect(
      evaluated.status == 0 && evaluated.errorLines.allSatisfy { $0.contains(" comes out at ") },
      "\(evaluated.errors)")
    let evaluation = try object(evaluated)
    let layers = report["layers"] as? [[String: Any]] ?? []
    let wanted = layers.filter { ["labels", "style", "convolution"].contains($0["kind"] as? String) }
      .compactMap { ($0["name"] as? String)?.replacingOccurrences(of: ".conv_1", with: "") }
    let ratios = evaluation["layers"] as? [[String: Any]] ?? []
    #expect(Set(ratios.compactMap { $0["name"] as? String }) == Set(wanted) && wanted.count > 14)
    #expect(ratios.allSatisfy { $0["sqnr"] as? Double ?? 0 > 10 })
    #expect(evaluation["unread_layers"] as? [String] == [])
    let pictures = evaluation["pictures"] as? [[String: Any]] ?? []
    #expect(pictures.allSatisfy { $0["seen"] as? Bool == false })
  }

  private static let refused: [([String], String)] = [
    (["--family", "spade", "--channels", "1_1_1_1_1_1_1_1"], "--channels is for --family gan-compression"),
    // A name that is known.
    (["--family", "clade", "--channels", "cityscapes-fast"], "--channels is for --family gan-compression"),
    (["--family", "gan-compression", "--channels", "1_1_1_1_1_1_1"], "--channels"),
    (["--family", "gan-compression", "--channels", "ade20k"], "--channels"),
    (["--family", "gan-compression", "--channels", "2000_1_1_1_1_1_1_1"], "--channels is 2000"),
    (["--family", "gan-compression", "--style-size", "8"], "has no style"),
    (["--family", "gan-compression", "--upsampling", "most"], "has no style"),
    (["--family", "oasis", "--edges"], "oasis has no --edges"),
    (["--family", "sean"], "--family"),
  ]

  @Test(arguments: refused) func optionsThatAFamilyHasNot(options: [String], sentence: String) throws {
    try withTemporaryFolder { folder in
      let command = try Command(["random-checkpoint", folder + "/new"] + options)
      #expect(command.status == 2 && command.errors.contains(sentence), "\(command.errors)")
      #expect(try contents(of: folder).isEmpty)
    }
  }
}
