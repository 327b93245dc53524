import Foundation
import SpadeFiles
import SpadeTestSupport
import Testing

/// Names are bytes: a file whose name is not UTF-8 is opened and written like any other.
@Suite struct FileNameTests {
  /// Runs a program by the shell, which takes names as bytes.
  private func shell(_ text: String, in folder: String) throws -> Command {
    try save(Array(text.utf8), folder + "/script")
    return try Command(program: ["/bin/sh"], [folder + "/script"])
  }

  @Test(arguments: ["spade", "spade-run"]) func namesThatAreNotUTF8(program: String) throws {
    try withTemporaryFolder { folder in
      let copy = folder + "/" + FileName.text([0x6D, 0xFF])
      try File.write(load(Workshop.path("plain.spade")), to: copy)
      let map = try Workshop.path("plain/labels/map01.png")
      let command = try shell(
        "cd '\(folder)' && '\(Command.executable(program))' synthesize \"$(printf 'm\\377')\" '\(map)' -o \"$(printf 'p\\376')\"",
        in: folder)
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.output.hasPrefix("p\u{FFFD}: "), "\(command.output)")
      let plain = try Command("synthesize", Workshop.path("plain.spade"), map, "-o", folder + "/plain.png")
      #expect(plain.status == 0)
      #expect(try File.read(folder + "/" + FileName.text([0x70, 0xFE])) == load(folder + "/plain.png"))
      let refused = try shell(
        "cd '\(folder)' && '\(Command.executable(program))' synthesize \"$(printf 'x\\377')\" '\(map)' -o q",
        in: folder)
      #expect(
        refused.status == 1 && refused.errors.contains("x\u{FFFD} is no file here"), "\(refused.errors)")
    }
  }
}
