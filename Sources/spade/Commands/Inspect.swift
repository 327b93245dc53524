import ArgumentParser
import SpadeBoards
import SpadeCost
import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTools

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file.",
    discussion: """
      The network, its layers with their multiply-adds, the file's sections, and the arena with the memory plan drawn: \
      steps from left to right, addresses from top to bottom.

      Dense multiply-adds are those of the network on the one-hot map, as PyTorch computes it: the network's alone. Distinct ones \
      are what is left of them when every distinct window of labels is computed once, one for each weight, on the calibration map \
      with the most windows; convolutions of labels are additions then. Done are the products that kernels do for one map with \
      this plan: in tiles 36 for 144, of fine codes outside tiles two for one. spade profile counts dense and done in the same way.

      --map paints a label map here to count what each step does for it. --target says whether the model fits a board and predicts \
      the time there of that map's picture, or of the built-in test picture: the board's figures turn the counts into time. On \
      x86-64 such predictions are 3 to 4 % off at the median and 13 % at worst; no board was measured.

        spade inspect coco.spade
        spade inspect coco.spade --map labels.png --instances instances.png
        spade inspect coco.spade --target raspberry-pi-4 --map labels.png
        spade inspect coco.spade --json | jq .dense_multiply_adds
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Flag(help: "Print JSON with every layer and buffer.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "The board to predict for: \(Board.names.joined(separator: ", ")).", valueName: "board"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "A label map to count products and to predict for; a network with a style takes that of seed 0.",
      valueName: "labels.png"))
  var map: String?

  @Option(help: ArgumentHelp("The instance map of --map.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions

  func validate() throws {
    _ = try target.map { try Board(option: $0) }
    guard map != nil || (instances == nil && !labelOptions.isGiven) else {
      throw ValidationError("Options of label maps are for --map; give one.")
    }
  }

  func run() throws {
    let board = try target.map { try Board(option: $0) }
    let file = try ModelFile(named: model)
    var report = try ModelReport(file)
    if board != nil || map != nil { try count(for: board, of: file, in: &report) }
    if json { return Standard.output(try JSON.text(report, called: "inspect")) }
    Standard.output(report.lines.joined(separator: "\n"))
  }

  /// Paints the map, or else the test picture, and adds what that takes with the kernels of the board, or else of this computer.
  private func count(for board: Board?, of file: ModelFile, in report: inout ModelReport) throws {
    let (labels, style) =
      try map.map {
        (
          try labelOptions.reading(for: file).map(labels: $0, instances: instances),
          NormalGenerator.style(seed: 0, count: file.model.styleCount)
        )
      } ?? file.model.testCase
    let picture = map ?? "the built-in test picture"
    var progress = FrameProgress(
      "counting the work of \(map ?? "the test picture")", stepCount: file.model.stepCount)
    let count = try FrameProfile.count(of: file, labels, style: style) { progress.finished(step: $0) }
    report.target = board.map { TargetReport(file, on: $0, count, picture: picture) }
    let kernels = board?.core.kernelSet.description ?? KernelSet.best.name
    let rowsPerTile = board.map(\.machine.rowsPerTile) ?? KernelSet.best.rowsPerTile
    let costs = count.windows.enumerated().map { index, windows in
      StepCost(
        StepShape(file.model.step(StepIndex(index)), file.model), windows: windows,
        rowsPerTile: rowsPerTile)
    }
    report.add(costs, of: file.model, picture: "\(picture) with \(kernels) kernels")
  }
}
