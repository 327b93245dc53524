import Foundation
import SpadeTestSupport
import Testing

/// No output may be a file that the command reads, by any name, or another of its outputs.
@Suite struct OutputTests {
  /// Copies of a checkpoint with its maps, of both models, and of a photo, in a folder of their own.
  private func withCopies(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in ["plain", "style", "plain.spade", "style.spade", "classes.txt"] {
        try FileManager.default.copyItem(atPath: Workshop.path(name), toPath: "\(folder)/\(name)")
      }
      try Workshop.writePhoto(folder + "/photo.png")
      try save(Array("0 0".utf8), folder + "/relabel.txt")
      try body(folder)
    }
  }

  /// Every file under a folder and its content.
  private func snapshot(_ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      files[name] = try? load("\(folder)/\(name)")
    }
    return files
  }

  /// Expects one sentence that names the output, and nothing changed.
  private func refused(_ folder: String, _ program: [String], _ arguments: [String], output: String) throws {
    let before = try snapshot(folder)
    let command = try Command(program: program, arguments)
    let reproduction = Comment(rawValue: "\(arguments.joined(separator: " ")): \(command.errors)")
    #expect(command.status == 1 && command.output == "", reproduction)
    #expect(command.errors.contains(output), reproduction)
    #expect(
      command.errors.contains("which is read") || command.errors.contains("is read and would")
        || command.errors.contains("written twice"), reproduction)
    #expect(command.errorLines.filter { !$0.hasPrefix("note: ") }.count == 1, reproduction)
    #expect(try snapshot(folder) == before, reproduction)
  }

  @Test(arguments: ["spade", "spade-run"]) func synthesizeReplacesNoInput(program: String) throws {
    try withCopies { folder in
      let words = [
        "synthesize", "\(folder)/style.spade", "\(folder)/style/labels/map01.png", "--instances",
        "\(folder)/style/instances/map01.png", "--relabel", "\(folder)/relabel.txt",
      ]
      let inputs = [
        "style.spade", "style/labels/map01.png", "style/instances/map01.png", "relabel.txt", "photo.png",
      ].map { "\(folder)/\($0)" }
      let run = [Command.executable(program)]
      for input in inputs {
        let styled = words + ["--style", "\(folder)/photo.png"]
        try refused(folder, run, styled + ["-o", input], output: input)
        try refused(
          folder, run, styled + ["-o", "\(folder)/new.png", "--save-style", input], output: input)
      }
      try refused(
        folder, run, words + ["--blend", "\(folder)/photo.png:1", "-o", "\(folder)/photo.png"],
        output: "photo.png")
      try refused(
        folder, run, words + ["-o", "\(folder)/a.png", "--save-style", "\(folder)/./a.png"], output: "a.png")
      // Other names of the model.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/soft.png", withDestinationPath: "style.spade")
      try FileManager.default.linkItem(atPath: "\(folder)/style.spade", toPath: "\(folder)/hard.png")
      for name in ["soft.png", "hard.png"] {
        try refused(folder, run, words + ["-o", "\(folder)/\(name)"], output: "is the same file as")
      }
    }
  }

  @Test func quantizeReplacesNoInput() throws {
    try withCopies { folder in
      let words = [
        "quantize", "\(folder)/style", "--labels", "\(folder)/classes.txt", "--relabel",
        "\(folder)/relabel.txt",
      ]
      for name in [
        "style/latest_net_G.safetensors", "style/latest_net_E.safetensors", "style/opt.txt", "classes.txt",
        "relabel.txt", "style/labels/map02.png", "style/instances/map01.png",
      ] {
        try refused(
          folder, [Command.executable("spade")],
          words + ["--calibration", "\(folder)/style", "-o", "\(folder)/\(name)"],
          output: name)
      }
    }
  }

  @Test func theSourcesPictureReplacesNoInput() throws {
    try withCopies { folder in
      let words = ["evaluate", "\(folder)/plain.spade", "\(folder)/plain", "\(folder)/plain/labels"]
      for name in [
        "plain.spade", "plain/latest_net_G.safetensors", "plain/opt.txt", "plain/labels/map02.png",
      ] {
        // The picture's name has an ending that none of them has.
        let link = "\(folder)/link.svg"
        try FileManager.default.linkItem(atPath: "\(folder)/\(name)", toPath: link)
        try refused(folder, [Command.executable("spade")], words + ["--sources-picture", link], output: name)
        try FileManager.default.removeItem(atPath: link)
      }
    }
  }

  @Test func referenceReplacesNoInput() throws {
    try withCopies { folder in
      let spade = [Command.executable("spade")]
      let words = [
        "reference", "\(folder)/style", "\(folder)/style/labels/map01.png", "--instances",
        "\(folder)/style/instances/map01.png", "--style", "\(folder)/photo.png",
      ]
      for name in [
        "style/latest_net_G.safetensors", "style/latest_net_E.safetensors", "style/opt.txt",
        "style/labels/map01.png",
        "style/instances/map01.png", "photo.png",
      ] {
        try refused(folder, spade, words + ["-o", "\(folder)/\(name)"], output: name)
        try refused(
          folder, spade, words + ["-o", "\(folder)/new.png", "--style-output", "\(folder)/\(name)"],
          output: name)
      }
      try refused(
        folder, spade, words + ["-o", "\(folder)/new.npy", "--style-output", "\(folder)/new.npy"],
        output: "new.npy")
      // A map of a folder, which is only known when the folder is read.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/soft.npy", withDestinationPath: "style/labels/map02.png")
      try refused(
        folder, spade,
        ["reference", "\(folder)/style", "\(folder)/style/labels", "-o", "\(folder)/soft.npy"],
        output: "soft.npy")
    }
  }

  @Test func stylesAndProfileReplaceNoInput() throws {
    try withCopies { folder in
      let spade = [Command.executable("spade")]
      let frame = [
        "\(folder)/style.spade", "\(folder)/style/labels/map01.png", "--instances",
        "\(folder)/style/instances/map01.png",
      ]
      for name in ["style.spade", "style/labels/map01.png", "style/instances/map01.png", "photo.png"] {
        let path = "\(folder)/\(name)"
        let style = ["--style", "\(folder)/photo.png"]
        try refused(
          folder, spade, ["styles"] + frame + ["--styles", "\(folder)/photo.png"] + ["-o", path], output: name
        )
        try refused(folder, spade, ["profile"] + frame + style + ["--trace", path], output: name)
      }
    }
  }

  /// A real checkpoint may lie there.
  @Test func aRandomCheckpointWantsAnEmptyFolder() throws {
    try withTemporaryFolder { folder in
      let words = [
        "random-checkpoint", folder, "--ngf", "2", "--classes", "3", "--size", "32x32", "--maps", "1",
      ]
      try save([1, 2, 3], folder + "/latest_net_G.safetensors")
      let refused = try Command(words)
      #expect(refused.status == 1 && refused.output == "" && refused.errorLines.count == 1)
      #expect(refused.errors.contains("is not empty") && refused.errors.contains("--force"))
      #expect(try contents(of: folder) == ["latest_net_G.safetensors"])
      #expect(try load(folder + "/latest_net_G.safetensors") == [1, 2, 3])
      #expect(try Command(words + ["--force"]).status == 0)
      #expect(try contents(of: folder) == ["labels", "latest_net_G.safetensors", "opt.txt"])
      let again = try Command(["random-checkpoint", folder + "/new/deep"] + words.dropFirst(2))
      #expect(again.status == 0)
    }
  }
}
