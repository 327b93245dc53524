import Foundation
import SpadeTestSupport
import Testing

/// `quantize --max-ram` gives a smaller arena and the same picture.
@Suite struct MemoryBudgetTests {
  private func quantize(_ size: String, _ model: String) throws -> Command {
    try Command(
      "quantize", Workshop.path("plain"), "--calibration", Workshop.path("plain"), "--max-ram", size, "-o",
      model)
  }

  /// Arena bytes with one thread.
  private func arena(_ model: String) throws -> Int {
    let arenas = try object(Command("inspect", model, "--json"))["arenas"] as? [[String: Any]] ?? []
    return arenas.first { $0["thread_count"] as? Int == 1 }?["byte_count"] as? Int ?? 0
  }

  /// The smallest budget, as the error for an impossible one tells it.
  private func smallest() throws -> Int {
    try withTemporaryFolder { folder in
      let refused = try quantize("1000", folder + "/m.spade")
      // Progress comes before it on a slow machine.
      #expect(refused.status == 1 && refused.output == "")
      #expect(refused.errorLines.last?.contains("--max-ram 1,000 bytes") == true)
      #expect(try contents(of: folder) == [])
      let words = refused.errors.components(separatedBy: "give --max-ram ").last?.split(separator: " ")
      return try #require(words?.first.flatMap { Int($0) })
    }
  }

  @Test func everyBudgetPaintsTheSameBytes() throws {
    let smallest = try smallest()
    let usual = try arena(Workshop.path("plain.spade"))
    #expect(smallest < usual)
    try withTemporaryFolder { folder in
      var models = try [Workshop.path("plain.spade")]
      var arenas = [usual]
      for budget in [smallest, (smallest + usual) / 2, usual] {
        let model = "\(folder)/\(budget).spade"
        let quantized = try quantize("\(budget)", model)
        #expect(quantized.status == 0, "\(quantized.errors)")
        models.append(model)
        arenas.append(try arena(model))
        #expect(arenas[arenas.count - 1] <= budget)
      }
      #expect(Set(arenas).count >= 3)
      var pictures: Set<[UInt8]> = []
      for model in models {
        let picture = folder + "/p.png"
        let painted = try Command("synthesize", model, Workshop.path("plain/labels/map02.png"), "-o", picture)
        #expect(painted.status == 0, "\(painted.errors)")
        pictures.insert(try load(picture))
      }
      #expect(pictures.count == 1)
    }
  }

  @Test func sizesAreUnderstood() throws {
    try withTemporaryFolder { folder in
      var files: Set<[UInt8]> = []
      for size in ["1MiB", "1M", "1024k", "1048576", "1.05MB"] {
        let quantized = try quantize(size, folder + "/m.spade")
        #expect(quantized.status == 0, "\(quantized.errors)")
        #expect(try arena(folder + "/m.spade") <= 1 << 20)
        files.insert(try load(folder + "/m.spade"))
      }
      #expect(files.count == 1)
    }
  }

  @Test(arguments: ["0", "-1M", "M", "1X", "", "9999G"]) func otherSizesAreWrongUsage(size: String) throws {
    let quantized = try Command("quantize", "checkpoint", "--max-ram", size, "-o", "m.spade")
    #expect(quantized.status == 2 && quantized.output == "" && quantized.errors.contains("Usage:"))
  }
}
