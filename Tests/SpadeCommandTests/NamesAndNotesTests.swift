import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// Names of files and classes, and what is said of them, in both programs.
@Suite struct NamesAndNotesTests {
  private static let programs = ["spade", "spade-run"]

  private func run(_ program: String, _ arguments: [String]) throws -> Command {
    try Command(program: [Command.executable(program)], arguments)
  }

  @Test(arguments: programs) func classesAreListed(program: String) throws {
    let table = try run(program, ["classes", Workshop.path("style.spade")])
    #expect(table.status == 0 && table.errors == "")
    let lines = table.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.dropFirst().map { $0.dropFirst(2).joined(separator: " ") } == Workshop.classes.map(\.name))
    #expect(lines[3] == ["2", "#3ca028", "grass"] && lines[4] == ["3", "-", "fence"])
    let report = try object(run(program, ["classes", Workshop.path("plain.spade"), "--json"]))
    #expect(report["report"] as? String == "classes" && report["unknown_id"] as? Int == 4)
    let classes = report["classes"] as? [[String: Any]] ?? []
    #expect(classes.compactMap { $0["id"] as? Int } == [0, 1, 2, 3, 4])
    #expect(classes.first?["color"] is NSNull && classes.last?["name"] as? String == "unknown")
    let missing = try run(program, ["classes", "/no/model.spade"])
    #expect(missing.status == 1 && missing.errors.contains("no such file"))
  }

  /// A drawing of more classes than a sentence holds is refused by a command that is there.
  @Test func theBoardHasNoInspect() throws {
    let command = try run("spade-run", ["inspect", "m.spade"])
    #expect(command.status == 2 && command.errors.contains("classes and doctor show part of it here"))
  }

  @Test(arguments: programs) func optionsThatAreAlmostRight(program: String) throws {
    let command = try run(program, ["synthesize", "m.spade", "l.png", "-o", "p.png", "--stlye", "a.png"])
    #expect(command.status == 2 && command.errors.lowercased().contains("did you mean"))
    #expect(command.errors.contains("--style?") || command.errors.contains("'--style'?"), "\(command.errors)")
  }

  @Test func aStrangeOptionIsOnlyNamed() throws {
    let command = try run("spade-run", ["synthesize", "m.spade", "l.png", "--zebra"])
    #expect(command.errors.contains("Error: synthesize has no option --zebra.\n"))
  }

  @Test(arguments: programs) func seedsAreBlended(program: String) throws {
    try withTemporaryFolder { folder in
      let map = try [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o",
      ]
      var seeds: [[Float]] = []
      for seed in ["7", "8"] {
        let save = try run(
          program, map + ["\(folder)/p.png", "--seed", seed, "--save-style", "\(folder)/\(seed).z"])
        #expect(save.status == 0)
        seeds.append(try SavedStyle(bytes: load("\(folder)/\(seed).z"), path: "").values)
      }
      let blend = try run(
        program, map + ["\(folder)/p.png", "--blend", "seed:7:1,seed:8:3", "--save-style", "\(folder)/b.z"])
      #expect(blend.status == 0 && blend.errors == "", "\(blend.errors)")
      let mean = zip(seeds[0], seeds[1]).map { Float(0.25 * Double($0) + 0.75 * Double($1)) }
      #expect(try SavedStyle(bytes: load("\(folder)/b.z"), path: "").values == mean)
    }
  }

  /// The map that is saved is read as the same ids again, and is drawn in the classes' colours.
  @Test(arguments: programs) func theMapAsItWasRead(program: String) throws {
    try withTemporaryFolder { folder in
      func paint(_ map: String, _ more: String...) throws -> Command {
        try run(
          program,
          [
            "synthesize", Workshop.path("style.spade"), map, "--instances",
            Workshop.path("style/instances/map01.png"), "--seed",
            "1", "-o", folder + "/p.png",
          ] + more)
      }
      try DrawingTests.drawing(DrawingTests.colors).write(png: folder + "/d.png")
      let first = try paint(folder + "/d.png", "--save-map", folder + "/read.png")
      #expect(first.status == 0 && first.errors == "", "\(first.errors)")
      let picture = try load(folder + "/p.png")
      #expect(try IndexImage(png: folder + "/read.png").values == DrawingTests.ids)
      #expect(try Picture(png: folder + "/read.png") == DrawingTests.drawing(DrawingTests.colors))
      #expect(try paint(folder + "/read.png").status == 0)
      #expect(try load(folder + "/p.png") == picture)
      let twice = try paint(folder + "/d.png", "--save-map", folder + "/p.png")
      #expect(twice.status == 1 && twice.errors.contains("is to be written twice"))
      let many = try paint(folder + "/d.png", "--styles", "seed:1", "--save-map", folder + "/m.png")
      #expect(many.status == 2)
    }
  }

  /// By their names, where no file has it; they are not replaced.
  @Test(arguments: programs) func stylesBesideTheModel(program: String) throws {
    try withTemporaryFolder { folder in
      let styles = folder + "/styles"
      try FileManager.default.createDirectory(atPath: styles, withIntermediateDirectories: true)
      try save(load(Workshop.path("style.spade")), folder + "/m.spade")
      try Workshop.writePhoto(styles + "/dusk.png")
      func paint(_ words: String...) throws -> Command {
        try run(
          program,
          [
            "synthesize", folder + "/m.spade", Workshop.path("style/labels/map01.png"), "--instances",
            Workshop.path("style/instances/map01.png"),
          ] + words)
      }
      #expect(try paint("--style", styles + "/dusk.png", "-o", folder + "/a.png").status == 0)
      let named = try paint("--style", "dusk", "-o", folder + "/b.png")
      #expect(named.status == 0, "\(named.errors)")
      #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
      #expect(try paint("--blend", "dusk:2", "-o", folder + "/b.png").status == 0)
      #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
      let list = try paint("--styles", "dusk,seed:1", "-o", folder + "/many")
      #expect(list.status == 0, "\(list.errors)")
      #expect(try contents(of: folder + "/many") == ["map01-dusk.png", "map01-seed-1.png"])
      #expect(try paint("--style", "Dusk", "-o", folder + "/b.png").status == 0)
      #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
      let typo = try paint("--style", "dusc", "-o", folder + "/b.png")
      #expect(
        typo.status == 1 && typo.errors.contains("beside the model (did you mean dusk?); those are dusk."))
      let wrong = try paint("--style", "dawn", "-o", folder + "/b.png")
      #expect(wrong.status == 1 && wrong.errors.contains("no style beside the model; those are dusk."))
      let none = try paint("-o", folder + "/b.png")
      #expect(
        none.status == 0
          && none.errors.contains("seed 0 is used; give --style and one of dusk, or --seed and"))
      let over = try paint("--style", "dusk", "-o", styles + "/dusk.png")
      #expect(
        over.status == 1 && over.errors.contains("which is read") || over.errors.contains("is read and"))
    }
  }

  /// A file here whose ending was left out.
  @Test(arguments: programs) func aStyleWithoutItsEndingIsProposed(program: String) throws {
    try withTemporaryFolder { folder in
      let words = try [
        Command.executable(program), "synthesize", Workshop.path("style.spade"),
        Workshop.path("style/labels/map01.png"), "--instances", Workshop.path("style/instances/map01.png"),
        "--style", "dusk", "-o", "p.png",
      ]
      func paint() throws -> Command {
        try Command(program: ["/bin/sh", "-c", "cd \"$0\" && \"$@\"", folder], words)
      }
      try save([0], folder + "/Dusk.z")
      let proposed = try paint()
      #expect(
        proposed.status == 1
          && proposed.errors.contains(
            "dusk is no file here, and no style beside the model (did you mean Dusk.z?)."),
        "\(proposed.errors)")
    }
  }

  @Test(arguments: programs) func aFilmOfAnotherKindGetsTheLineForFfmpeg(program: String) throws {
    let command = try run(
      program, ["animate", "m.spade", "l.png", "--styles", "seed:1,seed:2", "-o", "day.mp4"])
    #expect(
      command.status == 2 && command.errors.contains("-o - | ffmpeg -i - -pix_fmt yuv420p day.mp4"),
      "\(command.errors)")
    let gif = try run(
      program, ["animate", "m.spade", "l.png", "--styles", "seed:1,seed:2", "-o", "day.gif"])
    #expect(gif.status == 2 && gif.errors.contains("-o - | ffmpeg -i - day.gif"), "\(gif.errors)")
  }

  @Test(arguments: programs) func manyPicturesNeedAFoldersName(program: String) throws {
    try withTemporaryFolder { folder in
      let words = try ["synthesize", Workshop.path("plain.spade"), Workshop.path("plain"), "-o"]
      for name in ["many.png", "many.JPG"] {
        let refused = try run(program, words + ["\(folder)/\(name)"])
        #expect(
          refused.status == 2 && refused.errors.contains("give a folder's name, such as \(folder)/many."))
        #expect(try contents(of: folder).isEmpty)
      }
      // One that is there has been made on purpose.
      try FileManager.default.createDirectory(atPath: folder + "/old.png", withIntermediateDirectories: true)
      #expect(try run(program, words + ["\(folder)/old.png"]).status == 0)
    }
  }

  /// A map in other kinds of files: one that is not read is noted, one of another's name has a picture of its own.
  @Test(arguments: programs) func whatElseAFolderHolds(program: String) throws {
    try withTemporaryFolder { folder in
      let maps = folder + "/maps"
      for part in ["labels", "instances"] {
        try FileManager.default.createDirectory(atPath: "\(maps)/\(part)", withIntermediateDirectories: true)
      }
      try save(load(Workshop.path("style/labels/map01.png")), maps + "/labels/a.png")
      try save(load(Workshop.path("style/instances/map01.png")), maps + "/instances/a.png")
      try save(Array(try #require(MessageTests.jpeg)), maps + "/labels/a.jpg")
      try save(Array("BM".utf8), maps + "/labels/x.bmp")
      let words = try ["synthesize", Workshop.path("style.spade"), maps, "--seed", "1", "-o", folder + "/p"]
      let command = try run(program, words)
      #expect(command.status == 0, "\(command.errors)")
      #expect(try contents(of: folder + "/p") == ["a-jpg.png", "a.png"])
      #expect(command.errors.contains("also holds x.bmp, of a kind that is not read"))
      #expect(command.errors.contains("so its picture is called a-jpg.png"))
    }
  }
}
