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

  /// The indented lines of a text.
  private func examples(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { $0.hasPrefix("  ") }
  }
}
