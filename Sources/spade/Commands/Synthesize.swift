import ArgumentParser
import SpadeInput
import SpadeProgram
import SpadeRuntime

struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paints a label map with a model file.",
    discussion: """
      The label map is a single-channel PNG of any size whose values are class ids (gray levels, or palette indices); \
      it is resized to the network's size by nearest neighbour. 255 stands for unknown pixels where the network knows \
      them. A network that reads instance borders needs an instance map of the same size.

      A network with a style input takes one of --seed, --style and --z; with none of them seed 0 is used.

        spade synthesize coco.spade labels.png --instances instances.png -o picture.png
        spade synthesize style.spade labels.png --style photo.png -o picture.png
      """)

  @Argument(help: ArgumentHelp("The model file, made by spade quantize.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The label map.", valueName: "labels.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Style") var style: StyleOptions
  @OptionGroup(title: "Running") var running: RunOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The picture to write.", valueName: "picture.png"))
  var output: String

  func run() throws {
    let output = try OutputFile(checking: output)
    guard !output.isArray else {
      throw ValidationError("synthesize writes PNG; spade reference writes .npy.")
    }
    let kernels = try running.kernels()
    let file = try ModelFile(path: model)
    let input = NetworkInput(file.model)
    let map = try LabelMap(labels: labels, instances: instances, for: input)
    let styles = try style.styles(for: file, kernels: kernels, threadCount: running.threadCount)
    try Synthesis.run(
      file, map, style: styles[0], kernels: kernels, threadCount: running.threadCount, to: output)
  }
}
