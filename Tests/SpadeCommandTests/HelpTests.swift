import ArgumentParser
import Testing

@testable import SpadeRunCommands
@testable import spade

/// What can be copied out of the help of both programs.
@Suite struct HelpTests {
  /// A terminal of 80 columns wraps longer lines, and half a command is none.
  @Test func examplesStayOnTheirLines() {
    for command in [Spade.self] + Spade.configuration.subcommands {
      let help = Spade.helpMessage(for: command, columns: 80).split(separator: "\n")
      let examples = examples(command.configuration.discussion)
      #expect(!examples.isEmpty, "\(command)")
      for line in examples { #expect(help.contains(line), "\(command)") }
    }
    for command in Program.commands {
      let examples = examples(command.discussion)
      #expect(!examples.isEmpty, "\(command.name)")
      for line in examples { #expect(line.count <= 80, "\(line)") }
    }
  }

  /// A person at a PC is at the right program.
  @Test func boardsAndPCsAreNamed() {
    #expect(Program.help.hasPrefix("Paints pictures") && Program.help.contains("on a board or a PC.\n"))
  }

  /// Every command that takes a model says that its name is enough.
  @Test func modelsMayBeNamed() {
    var count = 0
    for command in Spade.configuration.subcommands {
      let help = Spade.helpMessage(for: command, columns: 400)
      guard help.contains("<model.spade>"), !command._commandName.hasPrefix("quantize") else { continue }
      count += 1
      #expect(help.contains("or the name of one that spade list shows"), "\(command)")
    }
    #expect(count == 10)
    for command in Program.commands where command.operands.contains("model.spade") {
      #expect(command.help.contains("or the name of one that spade-run list shows"), "\(command.name)")
    }
    #expect(Program.help.contains("or the name of one that spade-run list shows"))
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func shellsGetCompletions(shell: String) throws {
    let command = try Command("--generate-completion-script", shell)
    #expect(command.status == 0 && command.errors == "")
    for name in Spade.configuration.subcommands.map({ $0._commandName }) + ["calibration"] {
      #expect(command.output.contains(name), "\(name)")
    }
  }

  /// The indented lines of a text.
  private func examples(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix("  ") }
  }
}
