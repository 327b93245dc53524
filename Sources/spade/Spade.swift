import ArgumentParser
import Glibc
import SpadeFiles
import SpadeTools

@main
struct Spade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spade",
    abstract: "Paints pictures from label maps with int8 SPADE (GauGAN) networks.",
    discussion: """
      A checkpoint of the official PyTorch implementation becomes one model file, once; the model file and a label \
      map become a picture, as often as you like:

        spade quantize checkpoints/coco_pretrained -o coco.spade
        spade synthesize coco.spade labels.png --instances ids.png -o out.png

      <model.spade> is a model file, or the name of one that spade list shows, such as landscapes.

      A label map is a PNG whose values are class ids, or a drawing, PNG or JPEG, in the classes' colours. Pictures are the same bytes on every \
      machine, with every instruction set and any number of threads.

      Exit codes: 0 done, 1 an input or output needs attention (one sentence says which and what to do), \
      2 wrong usage.
      """,
    version: Version.program,
    subcommands: [
      Quantize.self, PlanCommand.self, Synthesize.self, Animate.self, ReferenceCommand.self, Evaluate.self,
      Profile.self,
      Inspect.self, ClassesCommand.self, List.self, Doctor.self, StylesCommand.self, StudioCommand.self,
      RandomCheckpointCommand.self,
    ])

  static func main() {
    do {
      try reserveMemory()
      // Names of files are bytes, which Swift's own arguments would mend.
      let arguments = CommandLine.unsafeArgv
      let words = (1..<max(Int(CommandLine.argc), 1)).compactMap { arguments[$0].map { FileName.text($0) } }
      try run(words)
      try Standard.checkOutput()
    } catch let failure as Failure {
      Standard.error("spade: \(failure.sentence)")
      Glibc.exit(1)
    } catch {
      fail(error, as: Self.self)
    }
  }

  private static func run(_ words: [String]) throws {
    let names = configuration.subcommands.map { $0._commandName }
    if let first = words.first, !first.hasPrefix("-"), first != "help", !names.contains(first) {
      let meant = suggestion(for: first, of: names).map { "; did you mean \($0)?" } ?? "."
      let sentence = OtherProgram.boardSentence(for: first) ?? "\(first) is not a command of spade\(meant)"
      Standard.error("Error: \(sentence)")
      Standard.error("Usage: spade <command> …\n  See 'spade --help' for more.")
      Glibc.exit(2)
    }
    var command = try parseAsRoot(words)
    do { try command.run() } catch let failure as Failure { throw failure } catch {
      fail(error, as: type(of: command))
    }
  }

  /// Says what is wrong with the usage of a command and ends; or prints the help that was asked for.
  private static func fail(_ error: any Error, as command: any ParsableCommand.Type) -> Never {
    if command.exitCode(for: error) == .success { command.exit(withError: error) }
    // A command that is asked by itself does not know whose it is.
    let (own, name) = (command._commandName, "spade \(command._commandName)")
    let message = withoutFarSuggestion(command.fullMessage(for: error))
    Standard.error(
      command == Self.self
        ? message
        : message.replacing("Usage: \(own) ", with: "Usage: \(name) ")
          .replacing("See '\(own) ", with: "See '\(name) "))
    Glibc.exit(2)
  }

  /// A message of the parser, which proposes any option that is about as long, without a proposal that is another word.
  private static func withoutFarSuggestion(_ message: String) -> String {
    guard let match = message.firstMatch(of: /(Unknown option '([^']+)')\. Did you mean '([^']+)'\?/),
      suggestion(for: String(match.2), of: [String(match.3)]) == nil
    else { return message }
    return message.replacing(match.0, with: match.1 + ".")
  }
}
