import Foundation
import SpadeFiles
import SpadeImage
import SpadeModel
import SpadeTestSupport
import Testing

/// From a checkpoint to a picture, and everything that tells about it.
@Suite struct WorkTests {
  @Test func aCheckpointBecomesAPicture() throws {
    try withTemporaryFolder { folder in
      let quantized = try Command(
        "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "-o", folder + "/m.spade"
      )
      #expect(quantized.status == 0)
      #expect(quantized.errorLines.allSatisfy { $0.hasPrefix("note: ") })
      #expect(quantized.output.contains("m.spade: ") && quantized.output.contains("int8 against float32 on "))
      #expect(try load(folder + "/m.spade") == load(Workshop.path("plain.spade")))

      let painted = try Command(
        "synthesize", folder + "/m.spade", Workshop.path("plain/labels/map01.png"), "-o", folder + "/p.png")
      #expect(painted.status == 0 && painted.errors == "")
      #expect(painted.output.split(separator: "\n").count == 2)
      let picture = try Picture(png: folder + "/p.png")
      #expect(picture.width == 32 && picture.height == 32)
      #expect(try contents(of: folder) == ["m.spade", "p.png"])
    }
  }

  @Test func everyInstructionSetAndThreadCountPaintsTheSameBytes() throws {
    try withTemporaryFolder { folder in
      var pictures: Set<[UInt8]> = []
      let names = try Command.instructionSets(for: Workshop.path("style.spade"))
      #expect(names.first == "scalar")
      for (isa, threads) in names.flatMap({ [($0, "1"), ($0, "2")] }) + [("auto", "5")] {
        let painted = try Command(
          "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
          Workshop.path("style/instances/map01.png"), "--seed", "3", "--isa", isa, "--threads", threads, "-o",
          folder + "/p.png")
        #expect(painted.status == 0, "\(painted.errors)")
        pictures.insert(try load(folder + "/p.png"))
      }
      #expect(pictures.count == 1)
    }
  }

  @Test func evaluationComparesEveryMap() throws {
    let evaluated = try Command(
      "evaluate", Workshop.path("style.spade"), Workshop.path("style"), Workshop.path("style/labels"),
      "--json")
    #expect(evaluated.status == 0 && evaluated.errorLines.count == 1)
    #expect(evaluated.errors.contains("note: all maps were seen in calibration"))
    let report = try object(evaluated)
    let pictures = report["pictures"] as? [[String: Any]]
    #expect(pictures?.allSatisfy { $0["seen"] as? Bool == true } == true)
    #expect(pictures?.compactMap { $0["name"] as? String } == ["map01.png", "map02.png"])
    let mean = report["mean"] as? [String: Any]
    #expect(mean?["psnr"] as? Double ?? 0 > 25)
    #expect(mean?["ssim"] as? Double ?? 0 > 0.8)
    let layers = report["layers"] as? [[String: Any]]
    #expect(layers?.compactMap { $0["name"] as? String }.prefix(3) == ["fc", "head_0.conv_0", "head_0"])
    #expect(layers?.count == 19)
    #expect(layers?.allSatisfy { $0["sqnr"] as? Double ?? 0 > 15 } == true)
    let text = try Command(
      "evaluate", Workshop.path("plain.spade"), Workshop.path("plain"), Workshop.path("plain"))
    #expect(text.status == 0 && text.output.contains("mean") && text.output.contains("SQNR"))
  }

  /// From the given seed on, one more for each map, as the styles are without it from another.
  @Test func evaluationTakesTheSeedOfItsStyles() throws {
    let (model, checkpoint) = try (Workshop.path("style.spade"), Workshop.path("style"))
    func ratios(_ options: String...) throws -> [Double] {
      let report = try object(Command(["evaluate", model, checkpoint, checkpoint, "--json"] + options))
      return (report["pictures"] as? [[String: Any]] ?? []).compactMap { $0["psnr"] as? Double }
    }
    let standard = try ratios()
    #expect(try standard.count == 2 && ratios("--seed", "4294967296") == standard)
    let others = try ratios("--seed", "18446744073709551615")
    #expect(try others != standard && ratios("--seed", "0")[0] != standard[0])
    try withTemporaryFolder { folder in
      let map = "\(checkpoint)/labels/map02.png"
      for part in ["labels", "instances"] { try Folder.make("\(folder)/\(part)") }
      try save(load(map), folder + "/labels/a.png")
      try save(load("\(checkpoint)/instances/map02.png"), folder + "/instances/a.png")
      let second = try object(Command("evaluate", model, checkpoint, folder, "--json", "--seed", "0"))
      #expect((second["worst"] as? [String: Any])?["psnr"] as? Double == others[1])
    }
    let both = try Command("evaluate", model, checkpoint, checkpoint, "--seed", "1", "--z", "z.npy")
    #expect(both.status == 2 && both.errors.contains("Give one of --seed and --z, not both."))
    let plain = try Workshop.path("plain")
    let refused = try Command("evaluate", plain + ".spade", plain, plain, "--seed", "1")
    #expect(refused.status == 1 && refused.errors.contains("has no style input; give it no style."))
  }

  @Test func evaluationSaysWhatItComparedAndHow() throws {
    let (model, checkpoint) = try (Workshop.path("plain.spade"), Workshop.path("plain"))
    let command = try Command(
      "evaluate", model, checkpoint, checkpoint, "--json", "--isa", "scalar", "--threads", "2")
    let run = try #require(try object(command)["run"] as? [String: Any])
    let (wanted, wantedOrigin) = (try checksum(model), try checksum(checkpoint + "/latest_net_G.safetensors"))
    #expect(run["model_checksum"] as? String == wanted)
    let weights = checkpoint + "/latest_net_G.safetensors"
    #expect(run["checkpoint"] as? String == weights)
    #expect(run["checkpoint_checksum"] as? String == wantedOrigin)
    #expect(run["isa"] as? String == "scalar" && run["threads"] as? Int == 2)
    #expect((run["program"] as? String)?.hasPrefix("spade ") == true)
    let arenas = try object(Command("inspect", model, "--json"))["arenas"] as? [[String: Any]] ?? []
    #expect(
      run["arena_bytes"] as? Int == arenas.first { $0["thread_count"] as? Int == 2 }?["byte_count"] as? Int)
    let text = try Command("evaluate", model, checkpoint, checkpoint, "--isa", "scalar", "--threads", "2")
    #expect(text.output.contains("times: one run each, scalar on 2 threads\n"))
    #expect(run["quality"] as? String == "best" && run["labels"] as? String == checkpoint)
    for key in ["first_seed", "z", "fit", "relabel"] { #expect(run[key] == nil, "\(key)") }
  }

  /// What it takes to measure the same again: maps, styles and how maps were read.
  @Test func evaluationNamesItsMapsAndStyles() throws {
    try withTemporaryFolder { folder in
      let (model, checkpoint) = try (Workshop.path("style.spade"), Workshop.path("style"))
      func report(_ options: String...) throws -> [String: Any] {
        try object(Command(["evaluate", model, checkpoint, checkpoint, "--json"] + options))
      }
      func run(_ report: [String: Any]) throws -> [String: Any] {
        try #require(report["run"] as? [String: Any])
      }
      let standard = try report()
      #expect(try run(standard)["first_seed"] as? UInt64 == 1 << 32)
      let pictures = standard["pictures"] as? [[String: Any]] ?? []
      let provenance = try object(Command("inspect", model, "--json"))["provenance"] as? [String: Any]
      let checksums = pictures.compactMap { $0["checksum"] as? String }
      #expect(
        checksums.count == 2 && checksums == provenance?["calibration_checksums"] as? [String])
      for picture in pictures {
        let name = try #require(picture["name"] as? String)
        let borders = try checksum("\(checkpoint)/instances/\(name)")
        #expect(picture["instances_checksum"] as? String == borders)
      }
      let worst = try #require(standard["worst"] as? [String: Any])
      for key in ["psnr", "ssim", "max_error"] {
        let picture = try #require(
          pictures.first { $0["name"] as? String == worst[key + "_map"] as? String })
        #expect(picture[key] as? Double == worst[key] as? Double, "\(key)")
      }

      let (z, relabel) = (folder + "/z.npy", folder + "/r.txt")
      try save(NPYArray(shape: [8], values: [Float](repeating: 0.5, count: 8)).npyBytes, z)
      try save(Array("4 3\n".utf8), relabel)
      let given = try run(report("--z", z, "--relabel", relabel, "--fit", "crop", "--fill", "grass"))
      let (zChecksum, relabelChecksum) = (try checksum(z), try checksum(relabel))
      #expect(given["z"] as? String == z && given["z_checksum"] as? String == zChecksum)
      #expect(given["relabel"] as? String == relabel)
      #expect(given["relabel_checksum"] as? String == relabelChecksum)
      #expect(given["fit"] as? String == "crop" && given["fill"] as? String == "grass")
      #expect(given["first_seed"] == nil)
    }
  }

  /// Nothing is printed that nobody can look up.
  @Test func theHelpOfEvaluateNamesTheKeys() throws {
    let words = Set(
      try Command("help", "evaluate").output.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(
        String.init))
    let keys = [
      "run", "labels", "palette", "fit", "fill", "relabel", "first_seed", "z", "pictures", "psnr", "ssim",
      "max_error", "seen", "mean", "worst", "psnr_map", "ssim_map", "max_error_map", "layers", "sources",
      "clipping", "rounding", "weights", "hidden", "affine_weights", "affine", "wide", "unseen",
      "clipped_share",
    ]
    for key in keys { #expect(words.contains(key), "\(key)") }
  }

  private func checksum(_ path: String) throws -> String {
    let digits = String(try load(path).withUnsafeBytes { Checksum.of($0) }, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A map is known again by its ids, in a file of another name and size.
  @Test func mapsOfTheCalibrationAreKnownAgain() throws {
    try withTemporaryFolder { folder in
      let (model, checkpoint) = try (Workshop.path("plain.spade"), Workshop.path("plain"))
      let seen = try IndexImage(png: checkpoint + "/labels/map02.png")
      try seen.resized(width: 64, height: 64).write(png: folder + "/a.png")
      var other = seen.values
      other[0] = other[0] == 0 ? 1 : 0
      try IndexImage(width: seen.width, height: seen.height, values: other).write(png: folder + "/b.png")
      let command = try Command("evaluate", model, checkpoint, folder, "--json")
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.errors.contains("note: 1 of 2 maps was seen in calibration"))
      let pictures = try object(command)["pictures"] as? [[String: Any]] ?? []
      #expect(pictures.map { $0["seen"] as? Bool } == [true, false])
      let lines = try Command("evaluate", model, checkpoint, folder).output.split(separator: "\n")
      #expect(lines[1].hasPrefix("a.png ") && lines[1].hasSuffix("  seen"))
      #expect(lines[2].hasPrefix("b.png ") && !lines[2].contains("seen"))
    }
  }

  @Test func inspectionTellsOfTheCalibration() throws {
    let model = try Workshop.path("plain.spade")
    let provenance = try object(Command("inspect", model, "--json"))["provenance"] as? [String: Any] ?? [:]
    #expect(provenance["calibration_map_count"] as? Int == 18 && provenance["drawing_count"] as? Int == 16)
    let map = try IndexImage(png: Workshop.path("plain/labels/map01.png"))
    // 255 in a file is the unknown class, 4 in this network.
    let bytes = map.values.flatMap { [UInt8($0 == 255 ? 4 : $0), 0] }
    let digits = String(bytes.withUnsafeBytes { Checksum.of($0) }, radix: 16)
    let checksums = provenance["calibration_checksums"] as? [String] ?? []
    #expect(checksums.count == 2 && checksums[0].hasSuffix(digits) && checksums[0].count == 16)
    #expect(provenance["quality"] as? String == "best")
    let text = try Command("inspect", model).output
    #expect(text.contains("calibration    2 maps, plain, and 16 built-in drawings\n"))
    #expect(text.contains("quality        best\n"))
  }

  /// 16,384 · 27 · 2 for the photo's convolution, then 3 · 294,912 + 147,456 + 36,864, and 16 · 16 · 8 for the linear layer.
  @Test func inspectionTellsOfTheEncoder() throws {
    let style = try Command("inspect", Workshop.path("style.spade"))
    #expect(style.output.contains("style encoder  ngf 2, 17,536 bytes, 1.96 M multiply-adds a photo\n"))
    let report = try object(Command("inspect", Workshop.path("style.spade"), "--json"))
    #expect((report["encoder"] as? [String: Any])?["multiply_adds"] as? Int == 1_955_840)
    let plain = try Command("inspect", Workshop.path("plain.spade"))
    #expect(plain.status == 0 && !plain.output.contains("style encoder"))
  }

  @Test(arguments: ["plain", "style"]) func inspectionAddsUp(name: String) throws {
    let path = try Workshop.path("\(name).spade")
    let report = try object(Command("inspect", path, "--json"))
    let bytes = try load(path)
    #expect(report["byte_count"] as? Int == bytes.count)
    let sections = report["sections"] as? [[String: Any]] ?? []
    #expect(sections.reduce(0) { $0 + ($1["byte_count"] as? Int ?? 0) } == report["byte_count"] as? Int)
    let layers = report["layers"] as? [[String: Any]] ?? []
    #expect(
      layers.reduce(0) { $0 + ($1["dense_multiply_adds"] as? Int ?? 0) } == report["dense_multiply_adds"]
        as? Int)
    #expect(
      layers.reduce(0) { $0 + ($1["multiply_adds"] as? Int ?? 0) } == report["multiply_adds"] as? Int)
    for layer in layers {
      #expect(layer["multiply_adds"] as? Int ?? .max <= layer["dense_multiply_adds"] as? Int ?? 0)
      if layer["kind"] as? String == "convolution" {
        #expect(layer["multiply_adds"] as? Int == layer["dense_multiply_adds"] as? Int)
      }
      #expect(layer["done_multiply_adds"] == nil)
    }
    let plan = report["plan_byte_count"] as? Int ?? 0
    for buffer in report["buffers"] as? [[String: Any]] ?? [] {
      #expect(buffer["offset"] as? Int ?? plan + (buffer["byte_count"] as? Int ?? 0) <= plan)
    }
    let text = try Command("inspect", path)
    #expect(text.status == 0 && text.output.contains("memory plan: ") && text.output.contains("total"))
  }

  @Test func anotherSizeAndUnknownPixelsAreTaken() throws {
    try withTemporaryFolder { folder in
      let small = try IndexImage(width: 3, height: 2, values: [0, 255, 3, 4, 1, 2])
      let large = try IndexImage(
        width: 32, height: 32,
        values: small.resized(width: 32, height: 32).values.map { $0 == 255 ? 4 : $0 })
      try small.write(png: folder + "/small.png")
      try large.write(png: folder + "/large.png")
      for name in ["small", "large"] {
        let painted = try Command(
          "synthesize", Workshop.path("plain.spade"), "\(folder)/\(name).png", "-o",
          "\(folder)/\(name)-out.png")
        #expect(painted.status == 0, "\(painted.errors)")
      }
      #expect(try load(folder + "/small-out.png") == load(folder + "/large-out.png"))
    }
  }

  @Test func withoutCalibrationMapsItSaysSo() throws {
    try withTemporaryFolder { folder in
      let quantized = try Command("quantize", Workshop.path("plain"), "-o", folder + "/m.spade")
      #expect(quantized.status == 0)
      #expect(quantized.errors.contains("16 built-in drawings"))
    }
  }

  @Test func classNamesAndColoursAreKept() throws {
    try withTemporaryFolder { folder in
      try save(Array("sky #0080ff\ntraffic light 250 170 30\nroad\nperson\n\n".utf8), folder + "/classes.txt")
      let quantized = try Command(
        "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "--labels",
        folder + "/classes.txt", "-o", folder + "/m.spade")
      #expect(quantized.status == 0, "\(quantized.errors)")
      let classes =
        try object(Command("inspect", folder + "/m.spade", "--json"))["classes"] as? [[String: Any]]
      #expect(classes?.compactMap { $0["name"] as? String } == ["sky", "traffic light", "road", "person"])
      #expect(classes?[0]["color"] as? [Int] == [0, 128, 255])
      #expect(classes?[1]["color"] as? [Int] == [250, 170, 30])
      #expect(classes?[2]["color"] == nil)
    }
  }
}
