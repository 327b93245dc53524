import ArgumentParser
import SpadeProgram

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file.",
    discussion: """
      The network, its layers with their multiply-adds, the file's sections, and the arena with the memory plan drawn: \
      steps from left to right, addresses from top to bottom.

      Dense multiply-adds are those of the one-hot network. Actual ones count every distinct window of labels once, \
      on the calibration map with the most windows.

        spade inspect coco.spade
        spade inspect coco.spade --json | jq .multiplyAdds
      """)

  @Argument(help: ArgumentHelp("The model file.", valueName: "model.spade"))
  var model: String

  @Flag(help: "Print JSON with every layer and buffer.")
  var json = false

  func run() throws {
    let file = try ModelFile(path: model)
    let report = try ModelReport(file)
    if json { return Standard.output(try JSON.text(report)) }
    Standard.output(report.lines.joined(separator: "\n"))
  }
}
