import ArgumentParser
import SpadeBoards
import SpadeTools

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file.",
    discussion: """
      The network, its layers with their multiply-adds, the file's sections, and the arena with the memory plan drawn: \
      steps from left to right, addresses from top to bottom.

      Dense multiply-adds are those of the network on the one-hot map. Actual ones count every distinct window of labels \
      once, on the calibration map with the most windows.

      --target says whether the model fits a board and predicts the time of a picture there: the model's test case runs \
      here to count what each step has to do, and the board's figures turn the counts into time.

        spade inspect coco.spade
        spade inspect coco.spade --target raspberry-pi-4
        spade inspect coco.spade --json | jq .multiply_adds
      """)

  @Argument(help: ArgumentHelp("The model file.", valueName: "model.spade"))
  var model: String

  @Flag(help: "Print JSON with every layer and buffer.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "The board to predict for: \(Board.names.joined(separator: ", ")).", valueName: "board"))
  var target: String?

  func validate() throws { _ = try target.map { try Board(option: $0) } }

  func run() throws {
    let board = try target.map { try Board(option: $0) }
    let file = try ModelFile(path: model)
    var report = try ModelReport(file)
    if let board {
      var progress = FrameProgress("counting the work of the test picture", stepCount: file.model.stepCount)
      report.target = try TargetReport(file, on: board) { progress.finished(step: $0) }
    }
    if json { return Standard.output(try JSON.text(report, called: "inspect")) }
    Standard.output(report.lines.joined(separator: "\n"))
  }
}
