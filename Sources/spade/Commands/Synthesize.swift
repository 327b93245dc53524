import ArgumentParser
import SpadeRuntime
import SpadeTools

struct Synthesize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paints a label map with a model file.",
    discussion: """
      The label map is a PNG or JPEG of any size. With a single channel the values of a PNG (gray levels or palette indices) are class ids; \
      255 stands for unknown pixels where the network has such a class. The map is resized to the network's size by nearest \
      neighbour. A network that reads instance borders needs an instance map of the same size.

      A PNG in RGB, or a JPEG, is read as a drawing, by the colours of the model's classes (spade classes lists them). A pixel \
      that has no class's exact colour, as on smoothed edges, takes the nearest colour around it, and a note says how many \
      did. Transparent pixels are unknown. Maps for another network are read with --relabel, drawings of the GauGAN web \
      demo with --palette gaugan; a network whose ids are not those of COCO-Stuff needs both.

      A network with a style input takes one of --seed, --style, --blend and --z; without any of them, seed 0 is used. \
      --save-style keeps the style that was used, and --style reads it back.

      The network fixes the size of pictures; --scale 4 enlarges 256 by 256 to 1024 by 1024 with smooth edges, which is a print of \
      13 cm at 200 dots an inch, and adds no detail.

      A folder of label maps, or several --styles, make a folder of pictures: the model is loaded once, and pictures that are \
      there already stay, so that work that was stopped goes on, or are painted anew with --force, and \
      with --newer where the map, or its instance map, was written after the picture. The same command on several \
      machines with one folder divides the work: each takes the maps in an order of its own and leaves out what is there by then.

      With landscapes and its folder, Models/landscapes or /usr/share/spade/landscapes:

        spade synthesize landscapes layouts/river.png --style sunset -o ~/out.png
        spade synthesize landscapes layouts/river.png --seed 7 \\
          --save-style ~/seven.z -o ~/out.png
        spade synthesize landscapes layouts/river.png --blend fog:1,night:2 \\
          -o ~/out.png
        spade synthesize landscapes layouts -o ~/pictures \\
          --styles dawn,seed:1-3 --jobs 4
        spade synthesize landscapes layouts -o ~/pictures --newer

      With networks of other kinds:

        spade synthesize coco.spade labels.png --instances ids.png -o picture.png
        spade synthesize own.spade gaugan.png --palette gaugan --relabel coco.txt \\
          -o picture.png
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, made by spade quantize, or the name of one that spade list shows.",
      valueName: "model.spade"))
  var model: String

  @Argument(
    help: ArgumentHelp("The label map, a folder of them, or - for standard input.", valueName: "labels.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions
  @OptionGroup(title: "Label map") var picture: PictureOptions
  @OptionGroup(title: "Style") var style: StyleOptions

  @Option(
    help: ArgumentHelp("Also write the style that was used, for --style and --blend.", valueName: "style.z"))
  var saveStyle: String?

  @Option(
    help: ArgumentHelp(
      "Also write the map as it was read, a palette PNG in the classes' colours at the network's size; with --crop-back in the drawing's shape.",
      valueName: "read.png"))
  var saveMap: String?

  @Option(
    help: ArgumentHelp(
      "Paint each map in several styles, into a folder: photos, saved styles, folders of them, styles for all beside the model, seed:7, seed:20-31.",
      valueName: "a.png,b.z,seed:1-9"))
  var styles: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Pictures painted at a time, of many.", valueName: "count"))
  var jobs = 1

  @Flag(help: "Paint pictures of a folder that are there already anew.")
  var force = false

  @Flag(help: "Paint those of them anew whose map was written later.")
  var newer = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print notes and errors only.")
  var quiet = false

  @OptionGroup(title: "Running") var running: RunOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The picture to write, a folder for many, or - for standard output.", valueName: "picture.png"))
  var output: String

  func validate() throws {
    guard ThreadCount.allowed.contains(jobs) else {
      throw ValidationError("--jobs is \(jobs); give 1 to 64.")
    }
    guard !output.lowercased().hasSuffix(".npy") else {
      throw ValidationError("synthesize writes PNG; spade reference writes .npy.")
    }
    if let wrong = try request().fault { throw ValidationError(wrong) }
  }

  func run() throws { try Synthesis.run(request()) }

  private func request() throws -> SynthesisRequest {
    var request = SynthesisRequest(
      model: model, labels: labels, output: output, source: try style.source(),
      kernels: try running.kernels(),
      threadCount: running.threadCount)
    request.instances = instances
    (request.palette, request.relabel, request.fill, request.fit) = (
      labelOptions.palette, labelOptions.relabel, labelOptions.fill, labelOptions.fit
    )
    (request.styles, request.styleOutput) = (try styles.map { try StyleList(option: $0) }, saveStyle)
    (request.cropsBack, request.jobCount, request.printsJSON) = (picture.cropBack, jobs, json)
    (request.isForced, request.paintsNewer, request.isQuiet) = (force, newer, quiet)
    request.enlargement = picture.scale
    request.mapOutput = saveMap
    return request
  }
}

extension StyleList {
  /// As `--styles` has it.
  init(option text: String) throws {
    do { try self.init(text) } catch { throw ValidationError(error.sentence) }
  }
}
