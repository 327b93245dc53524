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

      With --keep the picture of whoever presses Save picture or Keep this picture goes into a folder too, in the size that the \
      model paints and cut to the drawing's shape as on the page, as kept-000001.png and so on; the oldest goes when there are \
      more than --keep-most. Files appear whole; other files of the folder are left alone.

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

  @Option(
    help: ArgumentHelp(
      "Also keep here the pictures that people save or keep; the page says so.", valueName: "folder"))
  var keep: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many of them stay; \(StudioSession.standardKeptCount) if not given.", valueName: "number"))
  var keepMost: Int?

  @OptionGroup(title: "Running") var running: RunOptions

  func validate() throws {
    if let wrong = StudioSession.fault(ofToken: token) { throw ValidationError(wrong) }
    if let wrong = StudioSession.fault(ofKeeping: keep, count: keepMost) { throw ValidationError(wrong) }
  }

  func run() throws {
    try StudioSession.run(
      model: model, port: port, isOnLAN: lan, token: token, keepFolder: keep, keptCount: keepMost,
      kernels: running.kernels(),
      threadCount: running.threadCount)
  }
}
