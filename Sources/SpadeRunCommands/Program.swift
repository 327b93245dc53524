import SpadeFiles
import SpadeTools

/// What `main` does: runs the command that the arguments name.
/// - Returns: The exit code: 0 done, 1 an input or output needs attention, 2 wrong usage.
@_cdecl("spade_run_main")
public func spadeRunMain(
  _ argumentCount: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  let words = (1..<max(Int(argumentCount), 1)).compactMap { index in
    arguments[index].map { FileName.text($0) }
  }
  do throws(Stop) {
    try run(words)
    do throws(Failure) { try Standard.checkOutput() } catch { throw .failure(error) }
    return 0
  } catch {
    switch error {
    case .failure(let failure):
      Standard.error("spade-run: \(failure.sentence)")
      return 1
    case .usage(let sentence, let command):
      Standard.error("Error: \(sentence)")
      Standard.error("Usage: \(command?.usage ?? Program.usage)")
      Standard.error("  See 'spade-run help\(command.map { " " + $0.name } ?? "")' for more.")
      return 2
    }
  }
}

private func run(_ words: [String]) throws(Stop) {
  do { try reserveMemory() } catch { throw .failure(error) }
  guard let first = words.first, first != "--help", first != "-h" else {
    return Standard.output(Program.help)
  }
  if first == "--version" { return Standard.output("spade-run \(Version.described)") }
  if first == "help" {
    guard words.count > 1 else { return Standard.output(Program.help) }
    return Standard.output(try Program.command(words[1]).help)
  }
  let command = try Program.command(first)
  let rest = words.dropFirst()
  if rest.contains("--help") || rest.contains("-h") { return Standard.output(command.help) }
  do throws(Stop) {
    try command.run(Arguments(Array(rest), of: command))
  } catch {
    // Sentences that a command's own code makes do not know the command.
    if case .usage(let sentence, nil) = error { throw .usage(sentence, command) }
    throw error
  }
}

/// Why a command ended early.
enum Stop: Error {
  /// One sentence, exit code 1.
  case failure(Failure)
  /// One sentence and the usage, of the command if it is known; exit code 2.
  case usage(String, Command?)
}

enum Program {
  static let usage = "spade-run <command> …"

  static var commands: [Command] {
    [.synthesize, .animate, .studio, .classes, .profile, .selftest, .list, .doctor]
  }

  static func command(_ name: String) throws(Stop) -> Command {
    for command in commands where command.name == name { return command }
    if let sentence = OtherProgram.workstationSentence(for: name) { throw .usage(sentence, nil) }
    let meant = suggestion(for: name, of: commands.map { $0.name }).map { "; did you mean \($0)?" } ?? "."
    throw .usage("\(name) is not a command of spade-run\(meant)", nil)
  }

  static var help: String {
    """
    Paints pictures from label maps with int8 SPADE (GauGAN) networks, on a board or a PC.

    Usage: \(usage)

    A model file comes from spade quantize on a workstation, or with this program, and nothing
    else is needed. <model.spade> is the file, or the name of one that spade-run list shows, such
    as landscapes. Pictures are the same bytes on every machine, with every instruction set and
    any number of threads.

      spade-run synthesize model.spade labels.png -o picture.png
      spade-run selftest model.spade

    Commands:
    \(commands.map { "  " + $0.name.left(12) + $0.abstract }.joined(separator: "\n"))

    Exit codes: 0 done, 1 an input or output needs attention (one sentence says which and what
    to do), 2 wrong usage.

    See 'spade-run help <command>' for the options of a command.
    """
  }
}
