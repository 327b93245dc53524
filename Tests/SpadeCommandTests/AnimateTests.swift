import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// Films: their frames are the pictures of `synthesize`, in every form, from both programs.
@Suite struct AnimateTests {
  private func animate(_ program: String, _ folder: String, _ options: String...) throws -> Command {
    let words = try [
      "animate", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
      Workshop.path("style/instances/map01.png"),
    ]
    return try Command(program: [Command.executable(program)], words + options)
  }

  private func still(_ folder: String, _ style: String...) throws -> Picture {
    let command = try Command(
      [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o", folder + "/still.png",
      ] + style)
    #expect(command.status == 0, "\(command.errors)")
    return try Picture(png: folder + "/still.png")
  }

  /// The pictures of an animated PNG, each made a still one again.
  private func frames(_ bytes: [UInt8]) throws -> [Picture] {
    var frames: [[UInt8]] = []
    var (header, sequence, at) = ([UInt8](), 0, 8)
    while at < bytes.count {
      let count = bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
      var content = Array(bytes[(at + 8)..<(at + 8 + count)])
      if name == "fcTL" || name == "fdAT" {
        #expect(content[..<4].reduce(0) { $0 << 8 | Int($1) } == sequence)
        sequence += 1
      }
      switch name {
      case "IHDR": header = Array(bytes[..<(at + 12 + count)])
      case "fcTL": frames.append([])
      case "IDAT": frames[frames.count - 1] += bytes[at..<(at + 12 + count)]
      case "fdAT":
        content = Array("IDAT".utf8) + content.dropFirst(4)
        frames[frames.count - 1] += Self.words(count - 4) + content + Self.words(Int(Self.crc32(content)))
      default: break
      }
      at += 12 + count
    }
    let end = Self.words(0) + Array("IEND".utf8) + Self.words(0xAE42_6082)
    return try frames.map { try Picture(pngBytes: header + $0 + end) }
  }

  private static func words(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func aFilmGoesFromOneStyleToTheNext(program: String) throws {
    try withTemporaryFolder { folder in
      for seed in ["1", "2"] { _ = try still(folder, "--seed", seed, "--save-style", "\(folder)/\(seed).z") }
      let film = try animate(
        program, folder, "--styles", "\(folder)/1.z,seed:2", "--frames", "3", "--easing", "linear", "-o",
        folder + "/film.png")
      #expect(film.status == 0 && film.output.contains("3 frames of 64x32"), "\(film.errors)")
      let pictures = try frames(load(folder + "/film.png"))
      #expect(pictures.count == 3)
      #expect(try pictures[0] == still(folder, "--seed", "1"))
      #expect(try pictures[1] == still(folder, "--blend", "\(folder)/1.z:1,\(folder)/2.z:1"))
      #expect(try pictures[2] == still(folder, "--seed", "2"))
      #expect(try Picture(png: folder + "/film.png") == pictures[0])

      let stills = try animate(
        program, folder, "--styles", "seed:1-2", "--frames", "2", "-o", folder + "/frames")
      #expect(stills.status == 0)
      #expect(try contents(of: folder + "/frames") == ["frame-0001.png", "frame-0002.png"])
      #expect(try Picture(png: folder + "/frames/frame-0002.png") == pictures[2])
    }
  }

  @Test func aStreamOfPlainVideo() throws {
    try withTemporaryFolder { folder in
      let film = try animate(
        "spade", folder, "--styles", "seed:1", "--frames", "2", "-o", folder + "/film.y4m")
      #expect(film.status == 0, "\(film.errors)")
      let bytes = try load(folder + "/film.y4m")
      let header = Array("YUV4MPEG2 W64 H32 F24:1 Ip A1:1 C444\n".utf8)
      let frame = bytes.dropFirst(header.count)
      #expect(bytes.starts(with: header) && bytes.count == header.count + 2 * (6 + 3 * 64 * 32))
      let (picture, planes) = (try still(folder, "--seed", "1"), Array(frame.dropFirst(6)))
      for pixel in stride(from: 0, to: 64 * 32, by: 37) {
        let rgb = picture.bytes[(3 * pixel)..<(3 * pixel + 3)].map { Double($0) / 255 }
        let luma = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]
        let expected = [
          16 + 219 * luma, 128 + 224 * (rgb[2] - luma) / 1.772, 128 + 224 * (rgb[0] - luma) / 1.402,
        ]
        for plane in 0..<3 { #expect(abs(Double(planes[plane * 64 * 32 + pixel]) - expected[plane]) <= 0.6) }
      }
    }
  }

  @Test func framesAndMapsByHand() {
    let film = Animation(keys: [[0], [1], [3]], mapCount: 1, frameCount: 5, easing: .linear)
    #expect(film.styles == [[0], [0.5], [1], [2], [3]] && film.mapIndices == [0, 0, 0, 0, 0])
    #expect(Animation(keys: [[0], [1]], mapCount: 1, frameCount: nil, easing: .smooth).styles.count == 25)
    let maps = Animation(keys: [[0]], mapCount: 3, frameCount: nil, easing: .smooth)
    #expect(maps.mapIndices == [0, 1, 2] && maps.styles == [[0], [0], [0]])
    let smooth = Animation(keys: [[0], [1]], mapCount: 2, frameCount: 5, easing: .smooth)
    #expect(
      smooth.styles == [[0], [0.15625], [0.5], [0.84375], [1]] && smooth.mapIndices == [0, 0, 0, 1, 1])
  }

  @Test func lengthsByHand() throws {
    #expect(try Animation.frameCount(nil, seconds: nil, rate: 24) == nil)
    #expect(try Animation.frameCount(7, seconds: nil, rate: 24) == 7)
    #expect(try Animation.frameCount(nil, seconds: "2.5", rate: 24) == 60)
    #expect(try Animation.frameCount(nil, seconds: "0.05", rate: 30) == 2)
    for (count, seconds) in [(7, "1"), (nil, "0"), (nil, "-1"), (nil, "long"), (nil, "4200")]
      as [(Int?, String)]
    {
      #expect(throws: StyleBlend.WrongUsage.self) {
        try Animation.frameCount(count, seconds: seconds, rate: 24)
      }
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func aFilmOfSoManySeconds(program: String) throws {
    try withTemporaryFolder { folder in
      let film = try animate(
        program, folder, "--styles", "seed:1-2", "--seconds", "0.5", "--rate", "6", "-o", folder + "/film.png"
      )
      #expect(film.status == 0 && film.output.contains("3 frames"), "\(film.errors)")
      let both = try animate(
        program, folder, "--styles", "seed:1-2", "--seconds", "1", "--frames", "9", "-o", folder + "/f.png")
      #expect(both.status == 2 && both.errors.contains("Give one of --frames and --seconds, not both."))
      let rate = try animate(program, folder, "--styles", "seed:1-2", "--fps", "12", "-o", folder + "/f.png")
      #expect(rate.status == 2 && rate.errors.contains("animate has no option --fps; did you mean --rate?"))
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func filmsOfOtherKindsAreRefused(program: String) throws {
    try withTemporaryFolder { folder in
      for name in ["film.mp4", "film.GIF"] {
        let command = try animate(program, folder, "--styles", "seed:1,seed:2", "-o", "\(folder)/\(name)")
        #expect(command.status == 2 && command.errors.contains("ffmpeg"), "\(command.errors)")
      }
      #expect(try contents(of: folder) == [])
    }
  }

  /// A map twice as wide as the network's, in a folder of its own with its instances.
  private func wideMap(in folder: String, _ name: String = "wide", height: Int = 16) throws {
    for (kind, count) in [("labels", 5), ("instances", 9)] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(kind)", withIntermediateDirectories: true)
      let values = (0..<64 * height).map { UInt16($0 / 40 % count) }
      try IndexImage(width: 64, height: height, values: values).write(png: "\(folder)/\(kind)/\(name).png")
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func framesAreCutToTheMapsShape(program: String) throws {
    try withTemporaryFolder { folder in
      try wideMap(in: folder)
      func run(_ command: String, _ labels: String, _ options: String...) throws -> Command {
        let instances = labels == "" ? "/instances" : "/instances/\(labels)"
        let words = try [
          command, Workshop.path("style.spade"), "\(folder)/labels/\(labels)", "--instances",
          folder + instances,
        ]
        return try Command(program: [Command.executable(program)], words + options)
      }
      let still = try run(
        "synthesize", "wide.png", "--seed", "2", "--fit", "pad", "--crop-back", "-o", folder + "/still.png")
      #expect(still.status == 0, "\(still.errors)")
      let film = try run(
        "animate", "wide.png", "--styles", "seed:1-2", "--frames", "2", "--fit", "pad", "--crop-back", "-o",
        folder + "/film.png")
      #expect(
        film.status == 0 && film.errors == "" && film.output.contains("2 frames of 64x16"), "\(film.errors)")
      let pictures = try frames(load(folder + "/film.png"))
      #expect(try pictures.count == 2 && pictures[1] == Picture(png: folder + "/still.png"))

      let alone = try run(
        "animate", "wide.png", "--styles", "seed:1-2", "--crop-back", "-o", folder + "/f.png")
      #expect(alone.status == 2 && alone.errors.contains("--fit pad"), "\(alone.errors)")
      try wideMap(in: folder, "wider", height: 8)
      let several = try run(
        "animate", "", "--styles", "seed:1-2", "--fit", "pad", "--crop-back", "-o", folder + "/f.png")
      #expect(several.status == 1 && several.errors.contains("differ in shape"), "\(several.errors)")
      #expect(try contents(of: folder) == ["film.png", "instances", "labels", "still.png"])
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func framesOfALongerFilmDoNotFollow(program: String) throws {
    try withTemporaryFolder { folder in
      let output = folder + "/frames"
      func paint(_ count: String, _ options: String...) throws -> Command {
        try Command(
          program: [Command.executable(program)],
          [
            "animate", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
            Workshop.path("style/instances/map01.png"), "--styles", "seed:1,seed:\(count)", "--frames", count,
            "-o", output,
          ] + options)
      }
      #expect(try paint("4").status == 0)
      try save([1], output + "/frame-12.png")
      let before = try load(output + "/frame-0002.png")
      let refused = try paint("2")
      #expect(refused.status == 1 && refused.output == "" && refused.errorLines.count == 1)
      #expect(
        refused.errors.contains("holds 2 frames of a longer film, frame-0003.png to frame-0004.png")
          && refused.errors.contains("--force"), "\(refused.errors)")
      #expect(try load(output + "/frame-0002.png") == before)
      #expect(try paint("4").status == 0)
      let forced = try paint("2", "--force")
      #expect(forced.status == 0 && forced.errors == "", "\(forced.errors)")
      #expect(try contents(of: output) == ["frame-0001.png", "frame-0002.png", "frame-12.png"])
    }
  }

  /// A map that is called as a later frame would be is read, so it is not removed.
  @Test func mapsAreNotTakenForFrames() throws {
    try withTemporaryFolder { folder in
      for kind in ["labels", "instances"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(kind)", withIntermediateDirectories: true)
        try save(load(Workshop.path("style/\(kind)/map01.png")), "\(folder)/\(kind)/frame-0007.png")
      }
      let command = try Command(
        "animate", Workshop.path("style.spade"), folder + "/labels", "--styles", "seed:1-2", "--frames", "2",
        "--force",
        "-o", folder + "/labels")
      #expect(command.status == 1 && command.errors.contains("frame-0007.png is read"), "\(command.errors)")
      #expect(try contents(of: folder + "/labels") == ["frame-0007.png"])
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func aFilmOfOneFrameSaysSo(program: String) throws {
    try withTemporaryFolder { folder in
      let film = try animate(
        program, folder, "--styles", "seed:1-2", "--frames", "1", "-o", folder + "/f.png")
      #expect(film.status == 0 && film.output.contains("1 frame of 64x32"), "\(film.errors)")
      #expect(film.errorLines.count == 1 && film.errors.contains("note: the film is one frame"))
      #expect(try frames(load(folder + "/f.png")) == [still(folder, "--seed", "1")])
    }
  }

  @Test func whatAFilmDoesNotShow() {
    func note(_ keys: Int, _ maps: Int, _ frames: Int) -> String? {
      Animation.note(keyCount: keys, mapCount: maps, frameCount: frames)
    }
    #expect(note(1, 1, 1)?.contains("one frame") == true && note(3, 1, 2)?.contains("of 3 styles") == true)
    #expect(note(2, 9, 5)?.contains("of 9 maps") == true)
    #expect(note(2, 1, 2) == nil && note(1, 4, 4) == nil && note(3, 1, 49) == nil)
  }
}
