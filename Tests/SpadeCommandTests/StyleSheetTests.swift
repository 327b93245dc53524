import SpadeImage
import SpadeTestSupport
import Testing

@Suite struct StyleSheetTests {
  private func sheet(_ folder: String, _ options: String...) throws -> Command {
    try Command(
      [
        "styles", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o", folder + "/sheet.png",
      ] + options)
  }

  private func picture(_ folder: String, _ options: String...) throws -> Picture {
    let command = try Command(
      [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o", folder + "/p.png",
      ] + options)
    #expect(command.status == 0, "\(command.errors)")
    return try Picture(png: folder + "/p.png")
  }

  /// The 64×32 pixels of a sheet from (left, top) on.
  private func cell(_ sheet: Picture, _ left: Int, _ top: Int) -> [UInt8] {
    (top..<top + 32).flatMap { y in
      sheet.bytes[(y * sheet.width + left) * 3..<(y * sheet.width + left + 64) * 3]
    }
  }

  @Test func everyCellIsThePictureOfItsSeed() throws {
    try withTemporaryFolder { folder in
      let command = try sheet(folder, "--styles", "seed:5-7", "--columns", "2")
      #expect(command.status == 0 && command.errors == "", "\(command.errors)")
      let lines = command.output.split(separator: "\n")
      #expect(lines.dropFirst() == ["row 1: seed 5, seed 6", "row 2: seed 7"])
      let sheet = try Picture(png: folder + "/sheet.png")
      #expect(sheet.width == 64 * 2 + 3 * 2 && sheet.height == 32 * 2 + 3 * 2)
      for (seed, left, top) in [("5", 2, 2), ("6", 68, 2), ("7", 2, 36)] {
        let alone = try picture(folder, "--seed", seed)
        #expect(cell(sheet, left, top) == alone.bytes, "seed \(seed)")
      }
      #expect(cell(sheet, 68, 36).allSatisfy { $0 == 255 })
    }
  }

  @Test func twelveSeedsFromZeroIfNobodySays() throws {
    try withTemporaryFolder { folder in
      let command = try sheet(folder)
      #expect(command.output.hasSuffix("row 4: seed 9, seed 10, seed 11\n"), "\(command.output)")
    }
  }

  @Test func stylesOfFiles() throws {
    try withTemporaryFolder { folder in
      try Picture(width: 9, height: 9, bytes: (0..<243).map { UInt8($0) }).write(png: folder + "/photo.png")
      let (photo, saved) = (folder + "/photo.png", folder + "/saved.z")
      let first = try picture(folder, "--seed", "3", "--save-style", saved)
      let command = try sheet(folder, "--styles", "\(photo),\(saved),seed:3", "--columns", "1")
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.output.hasSuffix("row 1: photo.png\nrow 2: saved.z\nrow 3: seed 3\n"))
      let sheet = try Picture(png: folder + "/sheet.png")
      let alone = try picture(folder, "--style", photo)
      #expect(cell(sheet, 2, 2) == alone.bytes)
      #expect(cell(sheet, 2, 36) == first.bytes && cell(sheet, 2, 70) == first.bytes)
    }
  }

  @Test func reportSaysWhatEveryCellIs() throws {
    try withTemporaryFolder { folder in
      let command = try sheet(folder, "--styles", "seed:0-2", "--columns", "2", "--json")
      #expect(command.status == 0 && command.errors == "", "\(command.errors)")
      let report = try object(command)
      #expect(report["report"] as? String == "styles" && report["path"] as? String == folder + "/sheet.png")
      let pictures = try #require(report["pictures"] as? [[String: Any]])
      #expect(pictures.map { $0["style"] as? String } == ["seed 0", "seed 1", "seed 2"])
      #expect(pictures.map { $0["row"] as? Int } == [0, 0, 1])
      #expect(pictures.map { $0["column"] as? Int } == [0, 1, 0])
      let alone = try Command(
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "--seed", "2", "-o", folder + "/p.png")
      let checksum = try #require(pictures[2]["checksum"] as? String)
      #expect(alone.output.contains("picture \(checksum) (XXH64)"))
    }
  }

  @Test func picturesOfTheMapsShape() throws {
    try withTemporaryFolder { folder in
      for (name, count) in [("labels", 5), ("instances", 9)] {
        let values = (0..<64 * 16).map { UInt16($0 / 40 % count) }
        try IndexImage(width: 64, height: 16, values: values).write(png: "\(folder)/\(name).png")
      }
      func run(_ command: String, _ options: String...) throws -> Command {
        try Command(
          [
            command, Workshop.path("style.spade"), folder + "/labels.png", "--instances",
            folder + "/instances.png", "--fit", "pad", "--crop-back", "-o", "\(folder)/\(command).png",
          ] + options)
      }
      let command = try run("styles", "--styles", "seed:4-5", "--columns", "1")
      #expect(command.status == 0 && command.output.contains("2 pictures of 64x16"), "\(command.errors)")
      #expect(try run("synthesize", "--seed", "4").status == 0)
      let alone = try Picture(png: folder + "/synthesize.png")
      let sheet = try Picture(png: folder + "/styles.png")
      #expect(alone.height == 16 && sheet.width == 68 && sheet.height == 2 * 16 + 3 * 2)
      var first: [UInt8] = []
      for y in 2..<18 {
        let start = 3 * (y * sheet.width + 2)
        first += sheet.bytes[start..<(start + 3 * 64)]
      }
      #expect(first == alone.bytes)
    }
  }

  @Test func whatCannotBeASheetGetsOneSentence() throws {
    try withTemporaryFolder { folder in
      let plain = try Command(
        "styles", Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png"), "-o",
        folder + "/s.png")
      #expect(plain.status == 1 && plain.errorLines.count == 1 && plain.errors.contains("has no style input"))
      let large = try sheet(folder, "--styles", "seed:1-10000", "--columns", "10000")
      #expect(large.status == 1 && large.errorLines.count == 1 && large.errors.contains("--styles"))
      #expect(try contents(of: folder) == [])
    }
  }

  @Test(arguments: [
    ["--columns", "0"], ["--styles", ""], ["--styles", "a.png,,b.png"], ["--styles", "seed:5-3"],
    ["--styles", "seed:18446744073709551616"], ["-o", "-", "--json"], ["--crop-back"],
  ])
  func wrongUsageIsTwo(options: [String]) throws {
    let command = try Command(["styles", "m", "l", "-o", "s.png"] + options)
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }
}
