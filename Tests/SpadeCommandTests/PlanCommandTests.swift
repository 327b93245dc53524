import Foundation
import SpadeTestSupport
import Testing

/// `plan` gives a finished file another arena and leaves its pictures alone.
@Suite struct PlanCommandTests {
  private func arena(_ model: String) throws -> Int {
    let arenas = try object(Command("inspect", model, "--json"))["arenas"] as? [[String: Any]] ?? []
    return arenas.first { $0["thread_count"] as? Int == 1 }?["byte_count"] as? Int ?? 0
  }

  @Test(arguments: ["plain", "style"]) func everyPlanPaintsTheSameBytes(name: String) throws {
    try withTemporaryFolder { folder in
      let model = try Workshop.path("\(name).spade")
      let usual = try arena(model)
      var pictures: Set<[UInt8]> = []
      for options in [
        [], ["--fastest"], ["--max-ram", "\(usual)"],
        ["--max-ram", "\(Double(usual) * 1.07 / 1000)kB"], ["--target", "raspberry-pi-5"],
      ] {
        let planned = try Command(["plan", model] + options + ["-o", folder + "/p.spade"])
        #expect(planned.status == 0, "\(planned.errors)")
        // The plan taken has a row of its own, with its time.
        let said = try #require(planned.output.firstMatch(of: /arena: ([0-9,]+) bytes/))
        let row = try Regex("\n> +\(said.1) +[0-9.]+ #")
        #expect(planned.output.contains(row), "\(planned.output)")
        if options.first == "--max-ram" { #expect(try arena(folder + "/p.spade") <= usual * 107 / 100) }
        var arguments = try ["synthesize", folder + "/p.spade", Workshop.path("\(name)/labels/map02.png")]
        if name == "style" { arguments += try ["--instances", Workshop.path("style/instances/map02.png")] }
        let painted = try Command(arguments + ["-o", folder + "/p.png"])
        #expect(painted.status == 0, "\(painted.errors)")
        pictures.insert(try load(folder + "/p.png"))
      }
      #expect(pictures.count == 1)
    }
  }

  /// With the maps that it was quantised with, a file's plan is the one it has.
  @Test func theSamePlanIsTheSameFile() throws {
    try withTemporaryFolder { folder in
      let model = try Workshop.path("plain.spade")
      let planned = try Command(
        "plan", model, "--calibration", Workshop.path("plain"), "-o", folder + "/p.spade")
      #expect(planned.status == 0, "\(planned.errors)")
      #expect(try load(folder + "/p.spade") == load(model))
    }
  }

  @Test func anImpossibleBudgetIsOneSentence() throws {
    try withTemporaryFolder { folder in
      let refused = try Command(
        "plan", Workshop.path("plain.spade"), "--max-ram", "1000", "-o", folder + "/p.spade")
      #expect(refused.status == 1 && refused.output == "")
      #expect(refused.errorLines.last?.contains("give --max-ram ") == true)
      #expect(try contents(of: folder) == [])
    }
  }

  @Test func twoGoalsAreWrongUsage() throws {
    let command = try Command("plan", "a", "--fastest", "--max-ram", "8M", "-o", "b")
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }
}
