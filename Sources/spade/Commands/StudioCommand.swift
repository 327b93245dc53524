import ArgumentParser
import SpadeStudio
import SpadeTools

struct StudioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Serves a page on which people paint with a model.",
    discussion: """
      Open the address that it prints in a browser on this machine, or with --lan on a phone or computer in the same \
      network: paint a label map there and see the picture follow. Layouts and styles in folders layouts/ and \
      styles/ beside the model are offered, as they are when it starts: what is added later wants a restart. Pictures are \
      those of spade synthesize. The model is read once, so its file may change meanwhile. Without one it is the only model \
      that spade list finds, or landscapes.spade among several.

      One picture is painted at a time and eight pages may wait for theirs; further ones ask again each second until there is room.

        spade studio Models/landscapes/landscapes.spade
        spade studio landscapes.spade --lan \\
          --token "$(head -c 9 /dev/urandom | base64)"
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String?

  @Flag(help: "Let other machines of the network open it.")
  var lan = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("\(StudioSession.standardPort) if not given; 0 takes any.", valueName: "number"))
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "What a page has to know to paint, as a password: 8 to 64 letters, digits and -._~+/=.",
      valueName: "text"))
  var token: String?

  @OptionGroup(title: "Running") var running: RunOptions

  func validate() throws {
    if let wrong = StudioSession.fault(ofToken: token) { throw ValidationError(wrong) }
  }

  func run() throws {
    try StudioSession.run(
      model: model, port: port, isOnLAN: lan, token: token, kernels: running.kernels(),
      threadCount: running.threadCount)
  }
}
