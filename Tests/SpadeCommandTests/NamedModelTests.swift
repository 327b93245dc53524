import Foundation
import SpadeFiles
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// Models that are named, and not given by a path.
@Suite struct NamedModelTests {
  /// Runs a program in a folder, with SPADE_MODELS set.
  private func run(_ program: String, in folder: String, models: String, _ arguments: [String]) throws
    -> Command
  {
    try Command(
      program: ["/usr/bin/env", "-C", folder, "SPADE_MODELS=\(models)", Command.executable(program)],
      arguments)
  }

  /// A folder with `here/` to work in and `models/` with `first.spade` and, in a folder, `second.spade`.
  private func withModels(_ body: (_ here: String, _ models: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in ["here", "models", "models/more"] { try Folder.make("\(folder)/\(name)") }
      for (name, other) in [("first", "plain"), ("more/second", "style")] {
        try save(load(Workshop.path("\(other).spade")), "\(folder)/models/\(name).spade")
      }
      try body(folder + "/here", folder + "/models")
    }
  }

  private static let programs = ["spade", "spade-run"]

  /// The commands of both programs that take a model, and what follows it.
  @Test(arguments: programs) func everyCommandTakesAName(program: String) throws {
    try withModels { here, models in
      let map = try Workshop.path("plain/labels/map01.png")
      let styled = try (Workshop.path("style/labels/map01.png"), Workshop.path("style/instances/map01.png"))
      var commands = [
        ["classes", "first"], ["doctor", "first"],
        ["synthesize", "first", map, "-o", "p.png"], ["profile", "first", map, "--runs", "1"],
        [
          "animate", "second", styled.0, "--instances", styled.1, "--styles", "seed:1,seed:2", "-o", "f.png",
          "--frames", "2",
        ],
      ]
      if program == "spade" {
        commands += try [
          ["inspect", "first"], ["plan", "first", "-o", "q.spade"],
          ["evaluate", "first", Workshop.path("plain"), Workshop.path("plain")],
          ["styles", "second", styled.0, "--instances", styled.1, "--styles", "seed:1-2", "-o", "s.png"],
        ]
      } else {
        commands.append(["selftest", "second"])
      }
      for words in commands {
        let command = try run(program, in: here, models: models, words)
        #expect(command.status == 0, "\(words): \(command.errors)")
      }
      let byPath = try Command("synthesize", "\(models)/first.spade", map, "-o", here + "/path.png")
      #expect(byPath.status == 0)
      let (named, pathed) = (try load(here + "/p.png"), try load(here + "/path.png"))
      #expect(named == pathed)
    }
  }

  @Test(arguments: programs) func aPathWinsOverAName(program: String) throws {
    try withModels { here, models in
      // A file of the name without ending, and a folder, which is none.
      try save(load(Workshop.path("style.spade")), here + "/first")
      let own = try run(program, in: here, models: models, ["classes", "first"])
      #expect(own.status == 0 && own.output.contains("still water"))
      try File.remove(here + "/first")
      try Folder.make(here + "/first")
      let found = try run(program, in: here, models: models, ["classes", "first"])
      #expect(found.status == 0 && !found.output.contains("still water"))
      // Of two files of one name the nearer counts.
      try save(load(Workshop.path("style.spade")), here + "/first/first.spade")
      let nearer = try run(program, in: here, models: models, ["classes", "first"])
      #expect(nearer.status == 0 && nearer.output.contains("still water"))
      #expect(
        nearer.errors == "note: first is first/first.spade; \(models)/first.spade has the name too.\n")
      // A wrong path is not looked for.
      let wrong = try run(program, in: here, models: models, ["classes", "./second.spade"])
      #expect(wrong.status == 1 && wrong.errors.contains("no such file or folder"))
    }
  }

  @Test(arguments: programs) func anUnknownNameListsTheModels(program: String) throws {
    try withModels { here, models in
      let map = try Workshop.path("plain/labels/map01.png")
      for words in [["synthesize", "secnd", map, "-o", "p.png"], ["studio", "secnd"], ["doctor", "secnd"]] {
        let command = try run(program, in: here, models: models, words)
        #expect(command.status == 1 && command.output == "" && command.errorLines.count == 1)
        #expect(
          command.errors.contains(
            "secnd is no file here, and no model's name (did you mean second?); those found are first (\(models)/first.spade)"
          ),
          "\(command.errors)")
        #expect(command.errors.contains("second (\(models)/more/second.spade)"))
        #expect(command.errors.hasSuffix(". Give one of these names, or the path of a model file.\n"))
      }
      #expect(try contents(of: here) == [])
    }
  }

  /// As an archive has them: bin/ and share/spade/, wherever that is unpacked.
  @Test(arguments: programs) func modelsBesideTheProgramAreFound(program: String) throws {
    try withModels { here, models in
      let bin = models + "/bin"
      for folder in [bin, models + "/share", models + "/share/spade", models + "/share/spade/lakes"] {
        try Folder.make(folder)
      }
      try save(load(Workshop.path("plain.spade")), models + "/share/spade/lakes/lake.spade")
      try FileManager.default.copyItem(
        atPath: Command.executable(program), toPath: "\(bin)/\(program)")
      let command = try Command(
        program: ["/usr/bin/env", "-C", here, "-u", "SPADE_MODELS", "\(bin)/\(program)"], ["classes", "lake"])
      #expect(command.status == 0 && command.errors == "", "\(command.errors)")
    }
  }

  /// What is beside the model that a name stands for.
  @Test func stylesBesideANamedModelAreFound() throws {
    try withModels { here, models in
      try Folder.make(models + "/more/styles")
      let (map, borders) = (
        try Workshop.path("style/labels/map01.png"), try Workshop.path("style/instances/map01.png")
      )
      let words = ["synthesize", "second", map, "--instances", borders, "-o"]
      let saved = try run(
        "spade", in: here, models: models,
        words + ["a.png", "--seed", "5", "--save-style", "\(models)/more/styles/dusk.z"])
      #expect(saved.status == 0, "\(saved.errors)")
      for program in Self.programs {
        let painted = try run(program, in: here, models: models, words + ["b.png", "--style", "dusk"])
        #expect(painted.status == 0, "\(painted.errors)")
        let (a, b) = (try load(here + "/a.png"), try load(here + "/b.png"))
        #expect(a == b)
      }
      // The file that the name stands for is not replaced.
      let refused = try run(
        "spade", in: here, models: models, words + ["\(models)/more/second.spade", "--seed", "1"])
      #expect(refused.status == 1 && refused.errors.contains("is read and would be replaced"))
    }
  }

  @Test func withoutModelsItIsSaid() throws {
    try withTemporaryFolder { folder in
      #expect {
        try ModelList.path(of: "landscapes", in: [folder])
      } throws: {
        ($0 as? Failure)?.sentence.hasPrefix(
          "landscapes is no file here, and no model's name: there are no model files here") == true
      }
      try save([0], folder + "/lake.spade")
      #expect(try ModelList.path(of: "lake", in: [folder]) == folder + "/lake.spade")
      #expect(try ModelList.path(of: "lake.spade", in: [folder]) == folder + "/lake.spade")
      #expect(try ModelList.path(of: "no/lake", in: [folder]) == "no/lake")
    }
  }
}
