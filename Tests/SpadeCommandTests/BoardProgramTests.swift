import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// `spade-run`: the one that lies beside the tests, or what the environment's `SPADE_RUN` says, such as
/// `qemu-aarch64-static -cpu cortex-a53 .build/board/aarch64/spade-run`.
private func boardProgram(_ arguments: String...) throws -> Command {
  try Command(program: BoardProgram.words, arguments)
}

private enum BoardProgram {
  static let words: [String] = {
    let given = ProcessInfo.processInfo.environment["SPADE_RUN"] ?? Command.executable("spade-run")
    return given.split(separator: " ").map(String.init)
  }()

  /// Files that the readers' own tests refused, where `SPADE_HOSTILE` says.
  static let hostile = ProcessInfo.processInfo.environment["SPADE_HOSTILE"].flatMap { $0.isEmpty ? nil : $0 }
}

@Suite struct BoardProgramTests {
  private func map(_ name: String) throws -> String { try Workshop.path("\(name)/labels/map01.png") }

  /// Expects one sentence with `words`, exit code 1, and no output.
  private func refused(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation, by command: Command
  ) {
    #expect(command.status == 1 && command.output == "", sourceLocation: sourceLocation)
    #expect(command.errorLines.count == 1, "\(command.errors)", sourceLocation: sourceLocation)
    #expect(
      command.errors.hasPrefix("spade-run: ") && command.errors.hasSuffix(".\n"), "\(command.errors)",
      sourceLocation: sourceLocation)
    for word in words {
      #expect(command.errors.contains(word), "\(command.errors)", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: ["plain", "style"]) func selftestPasses(name: String) throws {
    let command = try boardProgram("selftest", Workshop.path("\(name).spade"))
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.output.split(separator: "\n")
    #expect(lines.count >= 4 && lines.dropLast().allSatisfy { $0.contains("ok, ") }, "\(command.output)")
    #expect(
      lines.last?.hasSuffix(name == "plain" ? "pictures as stored" : "pictures and styles as stored") == true)
  }

  /// The file's checksums are right, so that the picture's and the style's decide.
  @Test(arguments: [(0, "  WRONG, "), (16, "  WRONG STYLE, ")])
  func selftestNoticesAnotherPicture(offset: Int, verdict: String) throws {
    try withTemporaryFolder { folder in
      var model = ModelFile(try load(Workshop.path("style.spade")))
      let place = model.range(.test).lowerBound + offset
      let checksum: UInt64 = model.load(place)
      model.store(checksum ^ 1, place)
      model.seal()
      try save(model.bytes, folder + "/other.spade")
      let command = try boardProgram("selftest", folder + "/other.spade")
      #expect(command.status == 1 && command.output.contains(verdict))
      #expect(command.errorLines.last?.contains("are not those of") == true)
    }
  }

  @Test func theSamePictureAsTheWorkstation() throws {
    try withTemporaryFolder { folder in
      let style = try [
        "synthesize", Workshop.path("style.spade"), map("style"), "--instances",
        Workshop.path("style/instances/map01.png"), "--seed", "3",
      ]
      let plain = try ["synthesize", Workshop.path("plain.spade"), map("plain")]
      for arguments in [style, plain] {
        for threads in ["1", "4"] {
          let here = try Command(arguments + ["-o", folder + "/here.png"])
          let there = try Command(
            program: BoardProgram.words, arguments + ["--threads", threads, "-o", folder + "/there.png"])
          #expect(here.status == 0 && there.status == 0, "\(here.errors) \(there.errors)")
          #expect(try load(folder + "/here.png") == load(folder + "/there.png"))
        }
      }
    }
  }

  @Test func aStyleFromAnArray() throws {
    try withTemporaryFolder { folder in
      try NPYArray(shape: [8], values: [1, -1, 0.5, 0, 2, -2, 0.25, 1]).write(npy: folder + "/z.npy")
      let arguments = try [
        "synthesize", Workshop.path("style.spade"), map("style"), "--instances",
        Workshop.path("style/instances/map01.png"), "--z", folder + "/z.npy", "-o",
      ]
      #expect(try Command(arguments + [folder + "/a.png"]).status == 0)
      #expect(try Command(program: BoardProgram.words, arguments + [folder + "/b.png"]).status == 0)
      #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
    }
  }

  @Test func aStyleFromAPhoto() throws {
    try withTemporaryFolder { folder in
      try Workshop.writePhoto(folder + "/photo.png")
      let arguments = try [
        "synthesize", Workshop.path("style.spade"), map("style"), "--instances",
        Workshop.path("style/instances/map01.png"), "--style", folder + "/photo.png", "-o",
      ]
      #expect(try Command(arguments + [folder + "/a.png"]).status == 0)
      for threads in ["1", "4"] {
        let there = try Command(
          program: BoardProgram.words, arguments + [folder + "/b.png", "--threads", threads])
        #expect(there.status == 0, "\(there.errors)")
        #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
      }
    }
  }

  @Test func drawingsAndSavedStylesPaintTheSamePictureAsOnTheWorkstation() throws {
    try withTemporaryFolder { folder in
      try DrawingTests.drawing(DrawingTests.gaugan).write(png: folder + "/gaugan.png")
      try DrawingTests.drawing(DrawingTests.colors).write(png: folder + "/drawing.png")
      try save(Array("156 sky\n177 still water\n123 grass\n149 4".utf8), folder + "/coco.txt")
      let model = try ["synthesize", Workshop.path("style.spade")]
      let instances = try ["--instances", Workshop.path("style/instances/map01.png")]
      let saved = try boardProgram(
        model[0], model[1], folder + "/drawing.png", instances[0], instances[1], "--seed", "4",
        "--save-style",
        folder + "/four.z", "-o", folder + "/four.png")
      #expect(saved.status == 0 && saved.errors == "", "\(saved.errors)")
      for (map, options) in [
        ("drawing.png", ["--style", "four.z"]), ("drawing.png", ["--blend", "four.z:1,four.z:2"]),
        ("gaugan.png", ["--style", "four.z", "--palette", "gaugan", "--relabel", "coco.txt"]),
      ] {
        let words = options.map { $0.replacing("four.z", with: folder + "/four.z") }
          .map { $0.replacing("coco.txt", with: folder + "/coco.txt") }
        let arguments = model + ["\(folder)/\(map)"] + instances + words + ["-o"]
        let here = try Command(arguments + [folder + "/here.png"])
        let there = try Command(program: BoardProgram.words, arguments + [folder + "/there.png"])
        #expect(here.status == 0 && there.status == 0, "\(here.errors) \(there.errors)")
        #expect(try load(folder + "/here.png") == load(folder + "/four.png"))
        #expect(try load(folder + "/there.png") == load(folder + "/four.png"))
      }
      refused(
        "neither a PNG or JPEG picture nor a saved style",
        by: try boardProgram(
          model[0], model[1], folder + "/drawing.png", instances[0], instances[1], "--style",
          folder + "/coco.txt",
          "-o", folder + "/p.png"))
    }
  }

  /// Every command that the other program's help lists and this one's does not is told of.
  @Test func commandsOfTheOtherProgramAreToldOf() throws {
    func commands(_ help: String) -> Set<String> {
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
      let start = lines.firstIndex { $0 == "SUBCOMMANDS:" || $0 == "Commands:" } ?? 0
      let words = lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.compactMap { line in
        line.hasPrefix("   ") ? nil : line.split(separator: " ").first.map(String.init)
      }
      return Set(words)
    }
    let (here, there) = try (commands(Command("--help").output), commands(boardProgram("help").output))
    #expect(here.isSuperset(of: ["quantize", "plan", "styles"]) && there.contains("selftest"))
    for name in here.subtracting(there) {
      let command = try boardProgram(name, "m.spade")
      #expect(
        command.status == 2 && command.errors.contains("Error: \(name) is a command of spade, "), "\(name)")
      #expect(command.errors.contains("run spade \(name) on a PC"), "\(command.errors)")
    }
    for name in there.subtracting(here) {
      let command = try Command(name, "m.spade")
      #expect(command.status == 2 && command.errors.contains("run spade-run \(name)"), "\(command.errors)")
    }
  }

  @Test func profileAddsUp() throws {
    let command = try boardProgram("profile", Workshop.path("plain.spade"), map("plain"), "--runs", "2")
    #expect(command.status == 0, "\(command.errors)")
    for word in ["peak ", "multiply-adds", "layer ", "block ", "resolution ", "in use"] {
      #expect(command.output.contains("\n" + word) || command.output.hasPrefix(word), "\(word)")
    }
  }

  @Test func doctorSaysWhetherAModelFits() throws {
    let command = try boardProgram("doctor", Workshop.path("plain.spade"))
    #expect(command.status == 0)
    for word in ["features ", "kernels ", "cores ", "page size", "with 1 thread: fits"] {
      #expect(command.output.contains(word), "\(command.output)")
    }
    #expect(try boardProgram("doctor").status == 0)
  }

  @Test func badFilesGiveOneSentence() throws {
    let plain = try Workshop.path("plain.spade")
    try withTemporaryFolder { folder in
      let output = folder + "/out.png"
      refused("no such file", by: try boardProgram("selftest", "/nowhere.spade"))
      refused("is a folder", by: try boardProgram("selftest", folder))
      refused(
        "not a spade model", by: try boardProgram("selftest", Workshop.path("plain/latest_net_G.safetensors"))
      )
      refused("is neither a PNG nor a JPEG", by: try boardProgram("synthesize", plain, plain, "-o", output))
      refused(
        "needs an instance map",
        by: try boardProgram("synthesize", Workshop.path("style.spade"), map("style"), "-o", output))
      refused(
        "no style input", by: try boardProgram("synthesize", plain, map("plain"), "--seed", "1", "-o", output)
      )
      refused(
        "no such file",
        by: try boardProgram(
          "synthesize", Workshop.path("style.spade"), map("style"), "--instances",
          Workshop.path("style/instances/map01.png"), "--style", "/nowhere.png", "-o", output))
      refused(
        "cannot be written", by: try boardProgram("synthesize", plain, map("plain"), "-o", "/nowhere/p.png"))
      #expect(try contents(of: folder) == [])
      let full = try boardProgram("synthesize", plain, map("plain"), "-o", "/dev/full")
      #expect(full.status == 1 && full.errors.contains("the disk is full"))
    }
  }

  @Test(arguments: [
    ["paint"], ["synthesize"], ["synthesize", "a", "b"], ["synthesize", "a", "b", "c", "-o", "p.png"],
    ["synthesize", "a", "b", "-o", "p.png", "--threads", "0"], ["synthesize", "a", "b", "-o"],
    ["synthesize", "a", "b", "-o", "p", "-o", "q"], ["synthesize", "a", "b", "-o", "p", "--seed", "-1"],
    ["synthesize", "a", "b", "-o", "p", "--seed", "1", "--z", "z"], ["profile", "a", "b", "--runs=0"],
    ["synthesize", "a", "b", "-o", "p", "--style", "s.png", "--z", "z"],
    ["selftest", "a", "--depth", "2"], ["help", "paint"],
    ["synthesize", "a", "b", "-o", "p", "--palette", "coco"],
    ["synthesize", "a", "b", "-o", "p", "--blend", "z"], ["synthesize", "a", "b", "-o", "p", "--isa", "mmx"],
    ["synthesize", "a", "b", "-o", "p.jpg"], ["synthesize", "a", "b", "-o", "p", "--crop-back"],
    ["synthesize", "a", "b", "-o", "-", "--json"], ["studio", "a", "--lan=yes"],
    ["synth", "a", "b", "-o", "p"],
  ])
  func wrongUsageIsTwo(arguments: [String]) throws {
    let command = try Command(program: BoardProgram.words, arguments)
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }

  @Test(arguments: [
    [], ["--help"], ["help", "synthesize"], ["profile", "--help"], ["help", "selftest"], ["doctor", "-h"],
  ])
  func helpIsZeroAndHasAnExample(arguments: [String]) throws {
    let command = try Command(program: BoardProgram.words, arguments)
    #expect(command.status == 0 && command.errors == "" && command.output.contains("  spade-run "))
    #expect(command.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test(.enabled(if: BoardProgram.hostile != nil, "SPADE_HOSTILE names no folder of refused files"))
  func everyRefusedFileGivesOneSentence() throws {
    let hostile = try #require(BoardProgram.hostile)
    let names = try contents(of: hostile)
    #expect(Set(names.map { ($0 as NSString).pathExtension }) == ["npy", "png", "spade"])
    for name in names {
      let path = "\(hostile)/\(name)"
      let command =
        switch (name as NSString).pathExtension {
        case "spade": try boardProgram("selftest", path)
        case "png": try boardProgram("synthesize", Workshop.path("plain.spade"), path, "-o", "/dev/null")
        default:
          try boardProgram(
            "synthesize", Workshop.path("style.spade"), map("style"), "--instances",
            Workshop.path("style/instances/map01.png"), "--z", path, "-o", "/dev/null")
        }
      refused(path, by: command)
    }
  }
}
