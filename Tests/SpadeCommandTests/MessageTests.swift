import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// What both programs say when something is not as somebody meant it.
@Suite struct MessageTests {
  private func both(_ arguments: [String], _ check: (Command) throws -> Void) throws {
    for program in ["spade", "spade-run"] {
      try check(Command(program: [Command.executable(program)], arguments))
    }
  }

  private func style(_ map: String, _ options: String...) throws -> [String] {
    try [
      "synthesize", Workshop.path("style.spade"), map, "--instances",
      Workshop.path("style/instances/map01.png"),
      "--seed", "1",
    ] + options
  }

  // MARK: Drawings

  /// `DrawingTests.ids` as Pillow 13 saves it with a palette of water, sky, grass and rock: by its indices it is another map.
  private static let drawing = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgAgMAAADf85YXAAAADFBMVEUgYMCHzus8oCiAgIA4G2HjAAAAI0lEQVR42mMMZYCB1QwM"
      + "DAwMTAxoYFSAVAEWSJiKOgwDvwAA5LgB7ACR/zYAAAAASUVORK5CYII=")

  @Test func aPaletteInTheClassesColoursIsReadByColour() throws {
    try withTemporaryFolder { folder in
      try save(Array(try #require(Self.drawing)), folder + "/palette.png")
      try IndexImage(width: 64, height: 32, values: DrawingTests.ids).write(png: folder + "/ids.png")
      let expected = try Command(style(folder + "/ids.png", "-o", folder + "/expected.png"))
      #expect(expected.status == 0 && expected.errors == "")
      try both(style(folder + "/palette.png", "-o", folder + "/p.png")) { command in
        #expect(command.status == 0 && command.errorLines.count == 1)
        #expect(command.errors.contains("so it is read by its colours"))
        let (painted, wanted) = (try load(folder + "/p.png"), try load(folder + "/expected.png"))
        #expect(painted == wanted)
      }
    }
  }

  /// Four areas with borders between the blocks of JPEG, as Pillow 13 saves them.
  static let jpeg = Data(
    base64Encoded:
      "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQ"
      + "CgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
      + "EBD/wAARCAAgAEADAREAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAAYJBwj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFwEBAQEB"
      + "AAAAAAAAAAAAAAAAAAcDCf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/APUCio0AAAAz0VhiAA0LSdsAAAAz0VhiAA6W"
      + "53gACgXNawAAAE+hiKAAKBc1rAAAAf/Z")

  @Test func drawingsMayBeJPEGs() throws {
    try withTemporaryFolder { folder in
      try save(Array(try #require(Self.jpeg)), folder + "/drawing.jpg")
      let top = (0..<64).map { UInt16($0 < 40 ? 0 : 1) }
      let bottom = (0..<64).map { UInt16($0 < 24 ? 2 : 4) }
      let ids = (0..<32).flatMap { $0 < 16 ? top : bottom }
      try IndexImage(width: 64, height: 32, values: ids).write(png: folder + "/ids.png")
      #expect(try Command(style(folder + "/ids.png", "-o", folder + "/expected.png")).status == 0)
      try both(style(folder + "/drawing.jpg", "-o", folder + "/p.png")) { command in
        #expect(command.status == 0, "\(command.errors)")
        let (painted, wanted) = (try load(folder + "/p.png"), try load(folder + "/expected.png"))
        #expect(painted == wanted)
      }
      let plain = try [
        "synthesize", Workshop.path("plain.spade"), folder + "/drawing.jpg", "-o", folder + "/p.png",
      ]
      try both(plain) {
        #expect($0.status == 1 && $0.errors.contains("is a JPEG and the network's classes have no colours"))
      }
    }
  }

  /// With instance maps that are PNGs.
  @Test func jpegsOfAFolderArePainted() throws {
    try withTemporaryFolder { folder in
      let maps = folder + "/maps"
      for name in ["labels", "instances"] {
        try FileManager.default.createDirectory(
          atPath: "\(maps)/\(name)", withIntermediateDirectories: true)
      }
      try save(Array(try #require(Self.jpeg)), maps + "/labels/a.JPG")
      try save(load(Workshop.path("style/instances/map01.png")), maps + "/instances/a.png")
      #expect(try Command(style(maps + "/labels/a.JPG", "-o", folder + "/one.png")).status == 0)
      let words = try ["synthesize", Workshop.path("style.spade"), maps, "--seed", "1", "-o", folder + "/p"]
      try both(words) { command in
        #expect(command.status == 0, "\(command.errors)")
        let (painted, wanted) = (try load(folder + "/p/a.png"), try load(folder + "/one.png"))
        #expect(painted == wanted)
        try FileManager.default.removeItem(atPath: folder + "/p")
      }
    }
  }

  /// A quarter of the drawing is in a green that no class has.
  @Test func unknownColoursAreNamed() throws {
    try withTemporaryFolder { folder in
      var colors = DrawingTests.colors
      colors[2] = [0x22, 0xB1, 0x4C]
      try DrawingTests.drawing(colors).write(png: folder + "/d.png")
      try both(style(folder + "/d.png", "-o", folder + "/p.png")) { command in
        #expect(command.status == 0)
        #expect(command.errors.contains("#22b14c, 15 % of the pixels, read as grass"), "\(command.errors)")
        #expect(command.errors.contains("sky #87ceeb, still water #2060c0, grass #3ca028 and rock #808080"))
      }
      colors = [0: [255, 0, 255], 1: [255, 0, 255], 2: [255, 0, 250], 4: [0x80, 0x80, 0x80]]
      try DrawingTests.drawing(colors).write(png: folder + "/d.png")
      try both(style(folder + "/d.png", "-o", folder + "/p.png")) { command in
        #expect(
          command.status == 1
            && command.errors.contains("printf '%s\\n' '#ff00ff rock' '#ff00fa rock' > colors.txt"),
          "\(command.errors)")
      }
    }
  }

  @Test func swappedMapsAreNoted() throws {
    try withTemporaryFolder { folder in
      let classes = DrawingTests.ids
      // Two objects of class 1, told apart by the row.
      let objects = classes.enumerated().map { UInt16($1 == 1 && $0 / 64 < 9 ? 3 : $1) }
      try IndexImage(width: 64, height: 32, values: classes).write(png: folder + "/classes.png")
      try IndexImage(width: 64, height: 32, values: objects).write(png: folder + "/objects.png")
      let model = try Workshop.path("style.spade")
      func paint(_ labels: String, _ instances: String) -> [String] {
        [
          "synthesize", model, "\(folder)/\(labels).png", "--instances", "\(folder)/\(instances).png",
          "--seed", "1", "-o",
          folder + "/p.png",
        ]
      }
      try both(paint("objects", "classes")) {
        #expect($0.status == 0 && $0.errors.contains("may be swapped"))
      }
      try both(paint("classes", "objects")) { #expect($0.status == 0 && $0.errors == "") }
    }
  }

  // MARK: Usage

  @Test func anotherKindOfPictureIsNotWritten() throws {
    try withTemporaryFolder { folder in
      let map = try Workshop.path("plain/labels/map01.png")
      try both(["synthesize", Workshop.path("plain.spade"), map, "-o", folder + "/p.JPG"]) { command in
        #expect(command.status == 2 && command.errors.contains("p.JPG would be a PNG by another's name"))
      }
      for name in ["reference", "styles"] {
        let command = try Command(name, "a", "b", "-o", folder + "/p.webp")
        #expect(command.status == 2 && command.errors.contains("give a name that ends in .png"))
      }
      #expect(try contents(of: folder) == [])
    }
  }

  @Test func standardStreams() throws {
    try withTemporaryFolder { folder in
      let (model, map) = try (Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png"))
      #expect(try Command("synthesize", model, map, "-o", folder + "/file.png").status == 0)
      for program in ["spade", "spade-run"] {
        let piped = try Command(
          program: ["/bin/sh"],
          [
            "-c",
            "cat \(map) | \(Command.executable(program)) synthesize \(model) - -o - > \(folder)/piped.png",
          ])
        #expect(piped.status == 0 && piped.errors.contains("standard output: 32x32"), "\(piped.errors)")
        #expect(try load(folder + "/piped.png") == load(folder + "/file.png"))
        let full = try Command(
          program: ["/bin/sh"],
          ["-c", "\(Command.executable(program)) synthesize \(model) \(map) -o - > /dev/full"])
        #expect(
          full.status == 1 && full.errors.contains("standard output cannot be written (the disk is full)"))
      }
      let nothing = try Command("synthesize", model, "-", "-o", folder + "/p.png")
      #expect(nothing.status == 1 && nothing.errors.hasPrefix("spade: standard input is empty"))
      #expect(try contents(of: folder) == ["file.png", "piped.png"])
    }
  }

  @Test func aCommandThatIsAlmostThere() throws {
    try both(["synth", "a", "b", "-o", "c.png"]) { command in
      #expect(
        command.status == 2 && command.output == "" && command.errors.contains("did you mean synthesize?"))
    }
    try both(["paint"]) { #expect($0.status == 2 && $0.errors.contains("paint is not a command of spade")) }
  }

  @Test func severalSeedsAreForAnotherOption() throws {
    try both(["synthesize", "a", "b", "-o", "c.png", "--seed", "1-30"]) {
      #expect($0.status == 2 && $0.errors.contains("such as --styles seed:1-30"))
    }
  }

  @Test func numbersBelowZeroAreRefusedAsTheyAre() throws {
    try both(["synthesize", "a", "b", "-o", "c.png", "--seed", "-1"]) {
      #expect($0.status == 2 && $0.errors.contains("-1") && !$0.errors.contains("Missing"))
    }
    try both(["profile", "a", "b", "--threads", "-2"]) {
      #expect($0.status == 2 && $0.errors.contains("--threads is -2; give 1 to 64"))
    }
  }

  @Test func instructionSetsInAnyCase() throws {
    try withTemporaryFolder { folder in
      let map = try Workshop.path("plain/labels/map01.png")
      try both(["synthesize", Workshop.path("plain.spade"), map, "-o", folder + "/p.png", "--isa", "SCALAR"])
      {
        #expect($0.status == 0 && $0.output.contains("with scalar on"))
      }
      try both(["synthesize", Workshop.path("plain.spade"), map, "-o", folder + "/q.png", "--isa", "mmx"]) {
        #expect($0.status == 2 && $0.errors.contains("--isa mmx is not an instruction set"))
      }
    }
  }

  @Test func wrongUsageFoundLateNamesItsCommand() throws {
    try withTemporaryFolder { folder in
      let command = try Command(
        "reference", Workshop.path("plain"), Workshop.path("plain/labels"), "-o", folder + "/p.png")
      #expect(command.status == 2 && command.errors.contains("Usage: spade reference"), "\(command.errors)")
      #expect(!command.errors.contains("Subcommands"))
    }
  }

  // MARK: Files

  @Test func theEvaluationOfAnotherNetworkFails() throws {
    try withTemporaryFolder { folder in
      let other = folder + "/other"
      let options = ["--ngf", "2", "--classes", "4", "--dontcare", "--size", "32x32", "--seed", "5"]
      #expect(try Command(["random-checkpoint", other] + options).status == 0)
      let command = try Command("evaluate", Workshop.path("plain.spade"), other, Workshop.path("plain"))
      #expect(command.status == 1 && command.output.contains("PSNR"))
      #expect(command.errors.contains("may compare two networks"))
    }
  }

  /// The parser proposes any option of about as many letters.
  @Test func onlyAlikeOptionsAreProposed() throws {
    let far = try Command("evaluate", "a", "b", "c", "--csv", "d")
    #expect(
      far.status == 2 && far.errors.contains("Unknown option '--csv'.") && !far.errors.contains("--isa"))
    let near = try Command("evaluate", "a", "b", "c", "--thread", "2")
    #expect(near.status == 2 && near.errors.contains("Did you mean '--threads'?"))
  }

  @Test func aMapThatIsTooLargeIsToldOfTheLimitThatItBreaks() throws {
    try withTemporaryFolder { folder in
      var bytes = try IndexImage(width: 9, height: 9, values: [UInt16](repeating: 0, count: 81)).pngBytes()
      func size(_ width: Int, _ height: Int) throws {
        for (place, number) in [(16, width), (20, height)] {
          for byte in 0..<4 { bytes[place + byte] = UInt8(number >> (24 - 8 * byte) & 255) }
        }
        let crc = Self.crc32(bytes[12..<29])
        for byte in 0..<4 { bytes[29 + byte] = UInt8(crc >> (24 - 8 * UInt32(byte)) & 255) }
        try save(bytes, folder + "/m.png")
      }
      let arguments = try [
        "synthesize", Workshop.path("plain.spade"), folder + "/m.png", "-o", folder + "/p.png",
      ]
      try size(9000, 9000)
      try both(arguments) {
        #expect(
          $0.errors.contains("9,000 by 9,000 pixels, 81,000,000 in all, and at most 67,108,864 are read"),
          "\($0.errors)")
      }
      try size(20000, 4)
      try both(arguments) {
        #expect($0.errors.contains("20,000 by 4 pixels and sides of at most 16,384 are read"), "\($0.errors)")
      }
    }
  }

  private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }

  @Test func emptyFilesAreCalledEmpty() throws {
    try withTemporaryFolder { folder in
      try save([], folder + "/empty")
      let (empty, map) = try (folder + "/empty", Workshop.path("plain/labels/map01.png"))
      try both(["synthesize", empty, map, "-o", folder + "/p.png"]) {
        #expect($0.errors.contains("is empty"))
      }
      try both(["synthesize", Workshop.path("plain.spade"), empty, "-o", folder + "/p.png"]) {
        #expect($0.errors.contains("is empty"))
      }
      let drawn = try style(Workshop.path("style/labels/map01.png")).dropLast(2)
      try both(drawn + ["--style", empty, "-o", folder + "/p.png"]) {
        #expect($0.status == 1 && $0.errors.contains("empty is empty"), "\($0.errors)")
      }
      #expect(try Command("quantize", empty, "-o", folder + "/m.spade").errors.contains("is empty"))
    }
  }
}
