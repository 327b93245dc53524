import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct SaveStyleTests {
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
      try save(SavedStyle([1, -0.5, 0.25]).bytes, folder + "/three.z")
      try save(Array(SavedStyle([1, -0.5, 0.25]).bytes.dropLast()), folder + "/cut.z")
      try save(Array("style".utf8), folder + "/text.z")
      for (name, words) in [
        ("three.z", "style of 3 values and the network reads 8"), ("cut.z", "another length"),
        ("text.z", "neither a PNG or JPEG picture nor a saved style"), ("none.z", "no such file"),
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
