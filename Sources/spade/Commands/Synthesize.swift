import ArgumentParser
import SpadeInput
import SpadeRuntime
import SpadeTools

struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paints a label map with a model file.",
    discussion: """
      The label map is a PNG of any size. With a single channel its values (gray levels or palette indices) are class ids; \
      255 stands for unknown pixels where the network has such a class. The map is resized to the network's size by nearest \
      neighbour. A network that reads instance borders needs an instance map of the same size.

      A picture in RGB is read as a drawing, by the colours of the model's classes (spade inspect lists them). A pixel \
      that has no class's exact colour, as on smoothed edges, takes the nearest colour around it, and a note says how many \
      did. Transparent pixels are unknown. Maps for another network are read with --relabel, drawings of the GauGAN web \
      demo with --palette gaugan; a network whose ids are not those of COCO-Stuff needs both.

      A network with a style input takes one of --seed, --style, --blend and --z; without any of them, seed 0 is used. \
      --save-style keeps the style that was used, and --style reads it back.

        spade synthesize coco.spade labels.png --instances ids.png -o picture.png
        spade synthesize style.spade labels.png --style photo.png \\
          --save-style photo.z -o picture.png
        spade synthesize style.spade labels.png --blend dusk.png:0.3,photo.z:0.7 \\
          -o picture.png
        spade synthesize style.spade gaugan.png --palette gaugan --relabel coco.txt \\
          -o picture.png
      """)

  @Argument(help: ArgumentHelp("The model file, made by spade quantize.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The label map.", valueName: "labels.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions
  @OptionGroup(title: "Style") var style: StyleOptions

  @Option(
    help: ArgumentHelp("Also write the style that was used, for --style and --blend.", valueName: "style.z"))
  var saveStyle: String?

  @OptionGroup(title: "Running") var running: RunOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The picture to write.", valueName: "picture.png"))
  var output: String

  func run() throws {
    let source = try style.source()
    let inputs = [model, labels] + [instances, labelOptions.relabel].compactMap { $0 } + source.paths
    let output = try OutputFile(checking: output, inputs: inputs)
    guard !output.isArray else {
      throw ValidationError("synthesize writes PNG; spade reference writes .npy.")
    }
    let styleFile = try saveStyle.map { try OutputFile(checking: $0, inputs: inputs, others: [output]) }
    let kernels = try running.kernels()
    let file = try ModelFile(path: model)
    let map = try labelOptions.reading(for: file).map(labels: labels, instances: instances)
    let styles = try source.styles(
      mapCount: 1, for: NetworkInput(file.model), network: model,
      encode: file.photoEncoder(kernels: kernels, threadCount: running.threadCount))
    try Synthesis.run(
      file, map, style: styles[0], kernels: kernels, threadCount: running.threadCount, to: output,
      styleFile: styleFile)
  }
}
