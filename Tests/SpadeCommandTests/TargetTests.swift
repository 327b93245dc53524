import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// `quantize --target` plans for a board, `inspect --target` predicts for it.
@Suite struct TargetTests {
  private static let boards = [
    "raspberry-pi-zero-2-w", "raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "aarch64-linux",
  ]

  private func inspected(_ model: String, _ board: String) throws -> [String: Any] {
    try object(Command("inspect", model, "--target", board, "--json"))["target"] as? [String: Any] ?? [:]
  }

  @Test func aModelForABoardPaintsTheSamePicture() throws {
    try withTemporaryFolder { folder in
      let quantized = try Command(
        "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "--target",
        "raspberry-pi-zero-2-w", "-o", folder + "/m.spade")
      #expect(quantized.status == 0, "\(quantized.errors)")
      #expect(quantized.output.contains("with 4 threads"))
      let arena = try inspected(folder + "/m.spade", "raspberry-pi-zero-2-w")["arena_byte_count"] as? Int
      #expect(arena ?? .max <= 32 << 20)
      var pictures: Set<[UInt8]> = []
      for model in [folder + "/m.spade", try Workshop.path("plain.spade")] {
        let painted = try Command(
          "synthesize", model, Workshop.path("plain/labels/map02.png"), "-o", folder + "/p.png")
        #expect(painted.status == 0, "\(painted.errors)")
        pictures.insert(try load(folder + "/p.png"))
      }
      #expect(pictures.count == 1)
    }
  }

  /// Boards whose kernels convolve without tiles get no memory for them.
  @Test(arguments: ["raspberry-pi-4", "raspberry-pi-5"]) func workspacesAreForKernelsWithTiles(board: String)
    throws
  {
    try withTemporaryFolder { folder in
      let quantized = try Command(
        "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "--target", board, "-o",
        folder + "/m.spade")
      #expect(quantized.status == 0, "\(quantized.errors)")
      let buffers =
        try object(Command("inspect", folder + "/m.spade", "--json"))["buffers"] as? [[String: Any]] ?? []
      let workspaces = buffers.filter { $0["use"] as? String == "tiles" }
      #expect(buffers.count > workspaces.count && workspaces.isEmpty == (board == "raspberry-pi-5"))
    }
  }

  @Test(arguments: ["plain", "style", "landscapes"]) func thePredictionAddsUp(name: String) throws {
    let model = name == "landscapes" ? LandscapesTests.model : try Workshop.path("\(name).spade")
    let multiplyAdds = try object(Command("inspect", model, "--json"))["multiply_adds"] as? Double ?? 0
    var times: [Double] = []
    var direct: [Double] = []
    var inTiles: [Double] = []
    for board in Self.boards {
      let target = try inspected(model, board)
      #expect(target["board"] as? String == board)
      #expect(target["memory_byte_count"] as? Int ?? 0 >= 512 << 20)
      let prediction = target["prediction"] as? [String: Any] ?? [:]
      let parts = prediction["parts"] as? [[String: Any]] ?? []
      let rate = (target["thread_count"] as? Double ?? 0) * (target["clock_hz"] as? Double ?? 0)
      var arithmetic = 0.0
      for part in parts {
        let seconds = part["seconds"] as? Double ?? 0
        let count = part["count"] as? Double ?? -1
        #expect(abs(seconds - count / (part["per_cycle"] as? Double ?? 0) / rate) <= 1e-9 * seconds)
        arithmetic += seconds
      }
      // Dot products are so fast that the Raspberry Pi 5 has no tiles. Padded channels are multiplied too.
      #expect(parts.count == (board == "raspberry-pi-5" ? 10 : 14))
      direct.append(parts[0]["count"] as? Double ?? 0)
      inTiles.append(parts.count == 14 ? parts[10]["count"] as? Double ?? 0 : 0)
      #expect(direct.last! + 8 * inTiles.last! > multiplyAdds / 2)
      let memory = prediction["memory_seconds"] as? Double ?? 0
      let time = prediction["seconds"] as? Double ?? 0
      // Loops with few tasks leave threads idle, and each takes a little to start.
      let threads = target["thread_count"] as? Double ?? 0
      #expect(time >= max(arithmetic, memory) * 0.999999 && time <= arithmetic * threads + memory + 0.1)
      times.append(time)
    }
    #expect(times[0] > times[1] && times[1] > times[2] && times[2] > times[3] && times[4] == times[0])
    // A tile's 36 products replace 144, or fewer where rows do not fill it, and twice as many of fine codes, which all of these are.
    let replaced = direct[3] - direct[0]
    #expect(inTiles[0] == inTiles[2] && (inTiles[0] > 0 || name != "landscapes"))
    #expect(replaced <= 8 * inTiles[0] && replaced >= 4 * inTiles[0])
  }

  /// A map's products are those that `profile` counts with the same kernels, layer by layer and together.
  @Test(arguments: ["plain", "style"]) func aMapIsCountedAsProfileCountsIt(name: String) throws {
    let model = try Workshop.path("\(name).spade")
    let map = try Workshop.path("\(name)/labels/map02.png")
    let instances = name == "style" ? ["--instances", try Workshop.path("style/instances/map02.png")] : []
    let report = try object(Command(["inspect", model, "--map", map, "--json"] + instances))
    let profile = try object(Command(["profile", model, map, "--runs", "1", "--json"] + instances))
    #expect(report["done_multiply_adds"] as? Int ?? 0 > 0)
    #expect(report["done_multiply_adds"] as? Int == profile["macs_done"] as? Int)
    let layers = report["layers"] as? [[String: Any]] ?? []
    let steps = profile["steps"] as? [[String: Any]] ?? []
    for key in [("done_multiply_adds", "macs_done"), ("dense_multiply_adds", "macs_dense")] {
      for name in Set(layers.compactMap { $0["name"] as? String }) {
        let mine = layers.filter { $0["name"] as? String == name }.reduce(0) {
          $0 + ($1[key.0] as? Int ?? 0)
        }
        let its = steps.filter { $0["layer"] as? String == name }.reduce(0) {
          $0 + ($1[key.1] as? Int ?? 0)
        }
        #expect(mine == its, "\(key) of \(name)")
      }
    }
    let text = try Command(["inspect", model, "--map", map] + instances)
    #expect(text.output.contains(" done for \(map) with ") && text.output.contains("distinct     done\n"))
  }

  /// A plain map is less work than one of noise, and the prediction is of the map that was given.
  @Test func aMapIsPredictedFor() throws {
    try withTemporaryFolder { folder in
      let model = try Workshop.path("plain.spade")
      var seconds: [Double] = []
      for (name, values) in [
        ("flat", [UInt16](repeating: 1, count: 1024)), ("noise", (0..<1024).map { UInt16($0 * $0 / 7 % 4) }),
      ] {
        let path = "\(folder)/\(name).png"
        try IndexImage(width: 32, height: 32, values: values).write(png: path)
        let report = try object(
          Command("inspect", model, "--target", "raspberry-pi-4", "--map", path, "--json"))
        let target = report["target"] as? [String: Any] ?? [:]
        #expect(target["picture"] as? String == path)
        #expect(report["done_picture"] as? String == "\(path) with neon kernels")
        seconds.append((target["prediction"] as? [String: Any])?["seconds"] as? Double ?? 0)
      }
      #expect(seconds[0] > 0 && seconds[0] < seconds[1])
      let lone = try Command("inspect", model, "--fit", "crop")
      #expect(lone.status == 2 && lone.errors.contains("--map"))
    }
  }

  @Test func thePredictionSaysThatItIsOne() throws {
    let text = try Command("inspect", Workshop.path("plain.spade"), "--target", "raspberry-pi-5")
    #expect(text.status == 0 && text.errors == "")
    for words in ["computed, not measured", "Cortex-A76", "a cycle", "fits", "Left out"] {
      #expect(text.output.contains(words), "\(words)")
    }
    #expect(try Command("inspect", Workshop.path("plain.spade")).output.contains("prediction") == false)
  }

  @Test func anUnknownBoardIsOneSentenceWithAllNames() throws {
    try withTemporaryFolder { folder in
      let refused = try [
        Command("inspect", Workshop.path("plain.spade"), "--target", "raspberry-pi-6"),
        Command("quantize", Workshop.path("plain"), "--target", "raspberry-pi-6", "-o", folder + "/m.spade"),
      ]
      for command in refused {
        #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
        #expect(command.errors.contains("--target raspberry-pi-6"))
        for board in Self.boards { #expect(command.errors.contains(board)) }
      }
      #expect(try contents(of: folder) == [])
    }
  }

  @Test func aBoardAndABudgetTogetherAreWrongUsage() throws {
    let command = try Command("quantize", "a", "--target", "raspberry-pi-4", "--max-ram", "8M", "-o", "b")
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }
}
