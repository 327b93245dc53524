import Foundation
import SpadeFiles
import SpadeTestSupport
import Testing

/// `Benchmarks/family.py`, by the two maps of a checkpoint of the workshop.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/python3"), "no Python"))
struct FamilyTableTests {
  private func table(_ networks: String...) throws -> Command {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Benchmarks/family.py")
    return try Command(
      program: ["/usr/bin/python3", script.path], ["--spade", Command.executable("spade")] + networks)
  }

  /// The cell of a model and a folder of maps, and the PSNR of each map.
  private func evaluated(_ model: String, _ checkpoint: String, _ maps: String) throws -> (
    cell: String, [Double]
  ) {
    let report = try object(Command("evaluate", model, checkpoint, maps, "--json"))
    let psnrs = (report["pictures"] as? [[String: Any]] ?? []).compactMap { $0["psnr"] as? Double }
    return (cell(psnrs), psnrs)
  }

  private func cell(_ psnrs: [Double]) -> String {
    String(format: "%.1f, %.1f dB", psnrs.reduce(0, +) / Double(psnrs.count), psnrs.min() ?? 0)
  }

  @Test func aRowHasWhatEvaluateFinds() throws {
    try withTemporaryFolder { folder in
      let checkpoint = try Workshop.path("least")
      let command = try table("tiny=\(checkpoint)")
      #expect(command.status == 0, "\(command.errors)")
      // What calibration saw is the workshop's own model.
      let seen = try evaluated(checkpoint + ".spade", checkpoint, checkpoint).cell
      let drawn = try Command("quantize", checkpoint, "-o", folder + "/d.spade")
      #expect(drawn.status == 0)
      let alone = try evaluated(folder + "/d.spade", checkpoint, checkpoint).cell
      var held: [Double] = []
      for (name, other) in [("map01", "map02"), ("map02", "map01")] {
        for each in [name, other] {
          try Folder.make("\(folder)/\(name)/\(each)/labels")
          try save(load("\(checkpoint)/labels/\(each).png"), "\(folder)/\(name)/\(each)/labels/\(each).png")
        }
        let model = "\(folder)/\(name).spade"
        let made = try Command(
          "quantize", checkpoint, "--calibration", "\(folder)/\(name)/\(other)", "-o", model)
        #expect(made.status == 0)
        held += try evaluated(model, checkpoint, "\(folder)/\(name)/\(name)").1
      }
      let lines = command.output.split(separator: "\n")
      #expect(lines.first == "| network | size | held back | drawings alone | seen |")
      #expect(lines.last == "| tiny | 32 × 32 | \(cell(held)) | \(alone) | \(seen) |")
    }
  }

  @Test func checkpointsWithoutMapsAreRefused() throws {
    try withTemporaryFolder { folder in
      let command = try table("none=\(folder)")
      #expect(command.status == 1 && command.errors == "\(folder) has 0 maps in labels/; give 2 to 7\n")
    }
  }
}
