import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// Folders of label maps, several styles, other shapes, and reports as JSON, in both programs.
@Suite struct ManyPicturesTests {
  private static let programs = ["spade", "spade-run"]

  private func run(_ program: String, _ arguments: [String]) throws -> Command {
    try Command(program: [Command.executable(program)], arguments)
  }

  @Test(arguments: programs) func aFolderIsPaintedAndGoesOn(program: String) throws {
    try withTemporaryFolder { folder in
      let (model, maps) = try (Workshop.path("plain.spade"), Workshop.path("plain"))
      let output = folder + "/pictures"
      let first = try run(program, ["synthesize", model, maps, "-o", output, "--jobs", "2"])
      #expect(first.status == 0 && first.output.contains("2 pictures in"), "\(first.errors)")
      #expect(try contents(of: output) == ["map01.png", "map02.png"])
      for name in ["map01", "map02"] {
        #expect(
          try Command("synthesize", model, "\(maps)/labels/\(name).png", "-o", folder + "/one.png").status
            == 0)
        #expect(try load(folder + "/one.png") == load("\(output)/\(name).png"))
      }
      try FileManager.default.removeItem(atPath: output + "/map02.png")
      let second = try run(program, ["synthesize", model, maps, "-o", output])
      #expect(second.status == 0 && second.output.contains("1 picture in"))
      #expect(second.errors.contains("note: 1 of 2 pictures are in") && second.errors.contains("--force"))
      #expect(try contents(of: output) == ["map01.png", "map02.png"])
      let right = try load(output + "/map01.png")
      try save([1, 2, 3], output + "/map01.png")
      let third = try run(program, ["synthesize", model, maps, "-o", output, "--force"])
      #expect(third.status == 0 && third.errors == "" && third.output.contains("2 pictures in"))
      #expect(try load(output + "/map01.png") == right)
    }
  }

  @Test(arguments: programs) func aFolderThatIsNotThereIsTold(program: String) throws {
    try withTemporaryFolder { folder in
      for output in [folder, folder + "/new"] {
        let command = try run(
          program, ["synthesize", Workshop.path("plain.spade"), "/nowhere", "-o", output, "--jobs", "2"])
        #expect(
          command.status == 1
            && command.errors.contains("/nowhere cannot be opened (no such file or folder)"),
          "\(command.errors)")
      }
      #expect(try contents(of: folder).isEmpty)
    }
  }

  /// From a folder without one of that name, `styles` are those beside the model.
  @Test(arguments: programs) func allStylesBesideTheModelHaveOneName(program: String) throws {
    try withTemporaryFolder { folder in
      let map = folder + "/map.png"
      try IndexImage(width: 64, height: 64, values: Array(repeating: 6, count: 64 * 64)).write(png: map)
      let command = try run(
        program,
        ["synthesize", LandscapesTests.model, map, "--styles", "styles,seed:3", "-o", folder + "/out"])
      #expect(command.status == 0, "\(command.errors)")
      let moods = ["autumn", "dawn", "fog", "night", "storm", "summer", "sunset", "winter"]
      #expect(try contents(of: folder + "/out").count == moods.count + 1)
      for mood in moods {
        _ = try run(
          program, ["synthesize", LandscapesTests.model, map, "--style", mood, "-o", folder + "/one.png"])
        let name = try #require(contents(of: folder + "/out").first { $0.contains(mood) })
        #expect(try load(folder + "/one.png") == load("\(folder)/out/\(name)"))
      }
    }
  }

  /// Only what belongs to a map that was written after its picture.
  @Test(arguments: programs) func newerMapsArePaintedAnew(program: String) throws {
    try withTemporaryFolder { folder in
      let maps = folder + "/maps"
      let output = folder + "/pictures"
      try FileManager.default.createDirectory(atPath: maps, withIntermediateDirectories: true)
      for (name, id) in [("a", 6), ("b", 7), ("c", 11)] as [(String, UInt16)] {
        try IndexImage(width: 64, height: 64, values: Array(repeating: id, count: 64 * 64)).write(
          png: "\(maps)/\(name).png")
      }
      let arguments = ["synthesize", LandscapesTests.model, maps, "-o", output, "--threads", "1"]
      #expect(try run(program, arguments + ["--newer"]).output.contains("3 pictures in"))
      func touch(_ path: String, _ seconds: Double) throws {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
      }
      for name in ["a", "b", "c"] {
        try touch("\(maps)/\(name).png", 1_000_000_000)
        try touch("\(output)/\(name).png", 1_000_000_000)
      }
      // As old as its picture is not newer.
      let none = try run(program, arguments + ["--newer"])
      #expect(none.status == 0 && none.output.contains("0 pictures in"))
      #expect(
        none.errors.contains(
          "note: 3 of 3 pictures are in \(output) already and stay, as no map of theirs is newer"))
      let first = try load(output + "/b.png")
      try IndexImage(width: 64, height: 64, values: Array(repeating: 0, count: 64 * 64)).write(
        png: maps + "/b.png")
      try touch(maps + "/b.png", 1_000_000_001)
      let plain = try run(program, arguments)
      #expect(plain.output.contains("0 pictures in") && plain.errors.contains("--newer paints those anew"))
      let again = try run(program, arguments + ["--newer"])
      #expect(again.output.contains("1 picture in") && again.output.contains("/b.png: "), "\(again.output)")
      #expect(again.errors.contains("note: 2 of 3 pictures"))
      #expect(try load(output + "/b.png") != first)
      #expect(try run(program, arguments + ["--newer"]).output.contains("0 pictures in"))
      for wrong in [["--force"], []] {
        let command = try run(
          program,
          wrong.isEmpty
            ? ["synthesize", LandscapesTests.model, maps + "/a.png", "-o", folder + "/p.png", "--newer"]
            : arguments + ["--newer"] + wrong)
        #expect(command.status == 2 && command.errors.contains("--newer"), "\(command.errors)")
      }
    }
  }

  /// What a timer runs says nothing as long as nothing is wrong.
  @Test(arguments: programs) func quietCommandsKeepNotes(program: String) throws {
    try withTemporaryFolder { folder in
      let (model, maps) = try (Workshop.path("plain.spade"), Workshop.path("plain"))
      let one = ["synthesize", model, maps + "/labels/map01.png", "-o", folder + "/one.png", "--quiet"]
      for arguments in [one, ["synthesize", model, maps, "-o", folder + "/many", "--quiet"]] {
        let command = try run(program, arguments)
        #expect(command.status == 0 && command.output == "" && command.errors == "", "\(command.errors)")
      }
      #expect(try load(folder + "/one.png") == load(folder + "/many/map01.png"))
      let again = try run(program, ["synthesize", model, maps, "-o", folder + "/many", "--quiet"])
      #expect(again.output == "" && again.errors.hasPrefix("note: 2 of 2 pictures are in"))
      let both = try run(program, one + ["--json"])
      #expect(both.status == 2 && both.errors.contains("--quiet prints no result and --json prints one"))
    }
  }

  @Test(arguments: programs) func aBadMapDoesNotStopTheOthers(program: String) throws {
    try withTemporaryFolder { folder in
      let maps = folder + "/maps"
      try FileManager.default.createDirectory(atPath: maps, withIntermediateDirectories: true)
      try save(load(Workshop.path("plain/labels/map01.png")), maps + "/good.png")
      try save([1, 2, 3], maps + "/bad.png")
      let command = try run(program, ["synthesize", Workshop.path("plain.spade"), maps, "-o", folder + "/p"])
      #expect(command.status == 1 && command.errors.contains("bad.png is neither a PNG nor a JPEG"))
      #expect(command.errorLines.last?.contains("1 of 2 pictures was not painted") == true)
      #expect(try contents(of: folder + "/p") == ["good.png"])
      let same = try run(program, ["synthesize", Workshop.path("plain.spade"), maps, "-o", maps])
      #expect(same.status == 1 && same.errors.contains("is read and would be the picture's name"))
    }
  }

  @Test(arguments: programs) func severalStylesOfOneMap(program: String) throws {
    try withTemporaryFolder { folder in
      try Workshop.writePhoto(folder + "/dusk.png")
      let map = try [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"),
      ]
      let many = try run(
        program, map + ["--styles", "\(folder)/dusk.png,seed:4,seed:10", "-o", folder + "/p", "--json"])
      #expect(many.status == 0, "\(many.errors)")
      let report = try object(many)
      #expect(report["report"] as? String == "synthesize" && report["version"] as? Int == 1)
      let pictures = report["pictures"] as? [[String: Any]] ?? []
      try #require(pictures.count == 3)
      #expect(pictures.compactMap { $0["style"] as? String } == ["dusk", "seed-04", "seed-10"])
      #expect(
        try contents(of: folder + "/p") == ["map01-dusk.png", "map01-seed-04.png", "map01-seed-10.png"])
      let one = try run(program, map + ["--seed", "4", "-o", folder + "/one.png", "--json"])
      let single = try object(one)["pictures"] as? [[String: Any]]
      #expect(single?.first?["checksum"] as? String == pictures[1]["checksum"] as? String)
      #expect(try load(folder + "/one.png") == load(folder + "/p/map01-seed-04.png"))
    }
  }

  /// What is told of a drawing is told once, however many pictures it becomes, and only of colours beyond the tolerance.
  @Test(arguments: programs, ["1", "3"]) func notesOfADrawingComeOnce(program: String, jobs: String) throws {
    try withTemporaryFolder { folder in
      func paint(_ map: String) throws -> Command {
        try run(
          program,
          [
            "synthesize", Workshop.path("style.spade"), "\(folder)/\(map).png", "--instances",
            Workshop.path("style/instances/map01.png"), "--styles", "seed:1-3", "--jobs", jobs, "-o",
            "\(folder)/\(map)",
          ])
      }
      let strange = Dictionary(
        uniqueKeysWithValues: (0..<256).map { ($0, [UInt8](arrayLiteral: 200, 0, 200)) })
      try DrawingTests.drawing(DrawingTests.colors, changing: strange).write(png: folder + "/strange.png")
      let noted = try paint("strange")
      #expect(noted.status == 0 && noted.errorLines.count == 3, "\(noted.errors)")
      #expect(noted.errors.contains("note: 256 of 2,048 pixels of") && noted.errors.contains("#c800c8, 13 %"))
      let close = [7: [UInt8](arrayLiteral: 0x87 + 8, 0xCE - 8, 0xEB)]
      try DrawingTests.drawing(DrawingTests.colors, changing: close).write(png: folder + "/close.png")
      let quiet = try paint("close")
      #expect(quiet.status == 0 && quiet.errors == "", "\(quiet.errors)")
      try save([1, 2, 3], folder + "/bad.png")
      let bad = try paint("bad")
      #expect(bad.status == 1 && bad.errorLines.count == 2, "\(bad.errors)")
      #expect(
        bad.errors.contains("is neither a PNG nor a JPEG")
          && bad.errors.contains("3 of 3 pictures were not painted"))
    }
  }

  /// A wide map in a square network: squeezed with a note, padded, and cut to its shape again.
  @Test(arguments: programs) func otherShapes(program: String) throws {
    try withTemporaryFolder { folder in
      let wide = (0..<64 * 16).map { UInt16($0 / 256) }
      try IndexImage(width: 64, height: 16, values: wide).write(png: folder + "/wide.png")
      var square: [UInt16] = []
      for row in 0..<64 {
        let source = min(max(row - 24, 0), 15)
        square += wide[(64 * source)..<(64 * source + 64)]
      }
      try IndexImage(width: 64, height: 64, values: square).write(png: folder + "/square.png")
      func paint(_ map: String, _ options: String...) throws -> Command {
        try run(
          program,
          ["synthesize", Workshop.path("plain.spade"), "\(folder)/\(map).png", "-o", folder + "/p.png"]
            + options)
      }
      let squeezed = try paint("wide")
      #expect(squeezed.status == 0 && squeezed.errors.contains("64 by 16 pixels and is squeezed to 32 by 32"))
      #expect(try paint("wide", "--fit", "stretch").errors == "")
      #expect(try paint("square").status == 0)
      let expected = try Picture(png: folder + "/p.png")
      #expect(try paint("wide", "--fit", "pad").errors == "")
      #expect(try Picture(png: folder + "/p.png") == expected)
      let cut = try paint("wide", "--fit", "pad", "--crop-back")
      #expect(cut.status == 0 && cut.output.contains("32x8"))
      let middle = try Picture(png: folder + "/p.png")
      #expect(middle.width == 32 && middle.height == 8)
      #expect(middle.bytes == Array(expected.bytes[(12 * 96)..<(20 * 96)]))
      #expect(try paint("wide", "--fit", "square").status == 2)
    }
  }

  /// Commands that read a folder of maps whole say it once.
  @Test func squeezedMapsOfAFolder() throws {
    try withTemporaryFolder { folder in
      let plain = try Workshop.path("plain")
      try FileManager.default.createDirectory(atPath: folder + "/maps", withIntermediateDirectories: false)
      for name in ["a", "b"] {
        try IndexImage(width: 64, height: 16, values: [UInt16](repeating: 1, count: 1024))
          .write(png: "\(folder)/maps/\(name).png")
      }
      for words in [
        ["quantize", plain, "--calibration", folder + "/maps", "-o", folder + "/m.spade"],
        ["evaluate", plain + ".spade", plain, folder + "/maps"],
        ["plan", plain + ".spade", "--calibration", folder + "/maps", "-o", folder + "/n.spade"],
        ["reference", plain, folder + "/maps", "-o", folder + "/float32"],
      ] {
        let command = try Command(words)
        let notes = command.errorLines.filter { $0.contains("is squeezed to 32 by 32; --fit crop") }
        #expect(command.status == 0 && notes.count == 1, "\(words[0]): \(command.errors)")
        let cropped = try Command(words + ["--fit", "crop"])
        #expect(cropped.status == 0 && !cropped.errors.contains("squeezed"), "\(words[0]): \(cropped.errors)")
      }
    }
  }

  @Test(arguments: programs) func theDoctorInTheWordsOfInspect(program: String) throws {
    let model = try Workshop.path("plain.spade")
    let command = try run(program, ["doctor", model])
    let inspected = try Command("inspect", model).output.split(separator: "\n")
    let told = command.output.split(separator: "\n")
    for row in ["file ", "picture "] {
      #expect(told.first { $0.hasPrefix(row) } == inspected.first { $0.hasPrefix(row) })
    }
    let arenas = inspected.filter { $0.hasPrefix("arena ") && $0.contains(" with ") }
    #expect(!arenas.isEmpty && arenas.allSatisfy { arena in told.contains { $0.hasPrefix(arena) } })
    let report = try object(run(program, ["doctor", model, "--json"]))
    #expect(report["report"] as? String == "doctor" && report["cpu"] is String && report["kernels"] is String)
    #expect((report["arenas"] as? [[String: Any]])?.first?["threads"] as? Int == 1)
  }

  @Test(arguments: programs) func modelsAreListed(program: String) throws {
    let folder = try Workshop.path("")
    let command = try Command(
      program: ["/usr/bin/env"], ["SPADE_MODELS=\(folder)", Command.executable(program), "list"])
    #expect(command.status == 0)
    for name in ["plain.spade", "style.spade"] {
      let line = try #require(command.output.split(separator: "\n").first { $0.contains(name) })
      #expect(line.contains(name == "plain.spade" ? "32x32" : "64x32") && line.hasSuffix("s"))
    }
  }
}
