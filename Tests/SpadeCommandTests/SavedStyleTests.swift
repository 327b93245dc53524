import SpadeImage
import SpadeModel
import Testing

@testable import SpadeTools

@Suite struct SavedStyleTests {
  /// 1, −0.5, 0.25, packed by Python's struct, with the checksum of its xxhash 3 package.
  private static let golden: [UInt8] = [
    0x89, 0x53, 0x54, 0x59, 0x4C, 0x45, 0x0D, 0x0A, 1, 0, 0, 0, 3, 0, 0, 0,
    0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xBF, 0x00, 0x00, 0x80, 0x3E,
    0x60, 0x17, 0x30, 0x7F, 0xE0, 0xC8, 0x85, 0x1A,
  ]

  @Test func theBytesAreThoseOfTheFormat() throws {
    #expect(SavedStyle([1, -0.5, 0.25]).bytes == Self.golden)
    #expect(try SavedStyle(bytes: Self.golden, path: "x.z").values == [1, -0.5, 0.25])
  }

  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SavedStyle(bytes: bytes, path: "x.z")
      return nil
    } catch { return error.sentence }
  }

  @Test func everyCutAndEveryFlipIsRefused() {
    for count in 0..<Self.golden.count {
      #expect(refusal(Array(Self.golden.prefix(count))) != nil, "\(count)")
    }
    #expect(refusal(Self.golden + [0])?.contains("another length") == true)
    for bit in 0..<Self.golden.count * 8 {
      var bytes = Self.golden
      bytes[bit / 8] ^= 1 << (bit % 8)
      #expect(refusal(bytes) != nil, "bit \(bit)")
    }
  }

  /// With a right checksum.
  @Test func hostileContentIsRefused() {
    func sealed(_ at: Int, _ word: [UInt8]) -> [UInt8] {
      var bytes = Array(Self.golden.dropLast(8))
      bytes.replaceSubrange(at..<at + word.count, with: word)
      let checksum = bytes.withUnsafeBytes { Checksum.of($0) }
      return bytes + (0..<8).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
    }
    #expect(refusal(sealed(16, [0, 0, 0x80, 0x3F])) == nil)
    #expect(refusal(sealed(20, [0, 0, 0x80, 0x7F]))?.contains("index 1") == true)
    #expect(refusal(sealed(8, [2]))?.contains("version 2") == true)
    #expect(refusal(sealed(12, [0]))?.contains("0 values") == true)
    #expect(refusal(sealed(12, [2]))?.contains("another length") == true)
    #expect(refusal(sealed(12, [255, 255, 255, 255]))?.contains("4294967295 values") == true)
  }

  // MARK: In the commands

  private func paint(_ folder: String, _ options: [String]) throws -> (picture: [UInt8]?, command: Command) {
    let command = try Command(
      [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o", folder + "/p.png",
      ] + options)
    return (command.status == 0 ? try load(folder + "/p.png") : nil, command)
  }

  @Test func everyKindOfStyleIsSavedAndReadBack() throws {
    try withTemporaryFolder { folder in
      try Picture(width: 30, height: 20, bytes: (0..<1800).map { UInt8(truncatingIfNeeded: $0 * 7) })
        .write(png: folder + "/photo")
      try NPYArray(shape: [8], values: [1, -1, 0.5, 0, 2, -2, 0.25, 1]).write(npy: folder + "/z")
      // The names say nothing about what the files are.
      let kinds = [
        ["--seed", "7"], ["--z", folder + "/z"], ["--style", folder + "/photo"],
        ["--style", folder + "/0.png"],
        ["--blend", "\(folder)/photo:1,\(folder)/0.png:2"], [],
      ]
      for (index, kind) in kinds.enumerated() {
        let saved = "\(folder)/\(index).png"
        let (first, command) = try paint(folder, kind + ["--save-style", saved])
        #expect(command.status == 0, "\(command.errors)")
        let (second, again) = try paint(folder, ["--style", saved])
        #expect(again.status == 0 && again.errors == "" && first == second, "\(kind)")
        #expect(try SavedStyle(bytes: load(saved), path: saved).values.count == 8)
      }
      #expect(try load(folder + "/0.png") == load(folder + "/3.png"))
      #expect(
        try SavedStyle(bytes: load(folder + "/1.png"), path: "").values == [1, -1, 0.5, 0, 2, -2, 0.25, 1])
    }
  }

  @Test func filesThatAreNoStyleOrAnothersGetOneSentence() throws {
    try withTemporaryFolder { folder in
      try save(Self.golden, folder + "/three.z")
      try save(Array(Self.golden.dropLast()), folder + "/cut.z")
      try save(Array("style".utf8), folder + "/text.z")
      for (name, words) in [
        ("three.z", "style of 3 values and the network reads 8"), ("cut.z", "another length"),
        ("text.z", "neither a PNG picture nor a saved style"), ("none.z", "no such file"),
      ] {
        for options in [["--style", "\(folder)/\(name)"], ["--blend", "\(folder)/\(name):1"]] {
          let (_, command) = try paint(folder, options)
          #expect(command.status == 1 && command.output == "" && command.errorLines.count == 1)
          #expect(command.errors.contains("/\(name) ") && command.errors.contains(words), "\(command.errors)")
        }
      }
      #expect(try contents(of: folder) == ["cut.z", "text.z", "three.z"])
    }
  }

  @Test func whereAStyleCannotBeSavedNothingIsWritten() throws {
    try withTemporaryFolder { folder in
      let (_, command) = try paint(folder, ["--seed", "1", "--save-style", "/nowhere/x.z"])
      #expect(command.status == 1 && command.errors.contains("/nowhere/x.z cannot be written"))
      let plain = try Command(
        "synthesize", Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png"), "--save-style",
        folder + "/x.z", "-o", folder + "/p.png")
      #expect(plain.status == 1 && plain.errors.contains("no style input"))
      #expect(try contents(of: folder) == [])
    }
  }
}
