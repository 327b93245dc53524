import Foundation
import SpadeTestSupport
import Testing

/// What a terminal shows; `script` is one.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))) struct TerminalTests {
  private func onTerminal(_ words: [String], _ environment: String = "TERM=xterm") throws -> String {
    let line = words.joined(separator: " ")
    return try Command(
      program: ["/usr/bin/env"], ["-u", "NO_COLOR", environment, "script", "-qec", line, "/dev/null"]
    ).output
  }

  @Test(arguments: ["spade", "spade-run"]) func errorsAreColouredWhereThatIsWanted(program: String) throws {
    let words = [
      Command.executable(program), "synthesize", "/nowhere.spade", "/nowhere.png", "-o", "/tmp/p.png",
    ]
    let shown = try onTerminal(words)
    #expect(shown.contains("\u{1B}[1;31m\(program): \u{1B}[0m/nowhere.png cannot be opened"), "\(shown)")
    for environment in ["TERM=dumb", "NO_COLOR=1"] {
      #expect(try !onTerminal(words, environment).contains("\u{1B}[1;31m"))
    }
    #expect(try !Command(program: [words[0]], Array(words.dropFirst())).errors.contains("\u{1B}"))
  }
}
