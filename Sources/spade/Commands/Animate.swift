import ArgumentParser
import SpadeImage
import SpadeTools

extension Animation.Easing: ExpressibleByArgument {}

struct Animate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paints a film whose style goes from one to the next.",
    discussion: """
      Goes through the styles in their order: photos, saved styles, or seeds. Over one label map there are 24 frames from each style to \
      the next; over a folder of maps, in the order of their names, one frame a map. --frames or --seconds say otherwise.

      The output is an animated PNG where its name ends in .png, a Y4M stream for ffmpeg where it ends in .y4m or is -, and otherwise a \
      folder of numbered PNGs, where frames of a longer film are refused, or removed with --force.

      With landscapes and its folder, Models/landscapes or /usr/share/spade/landscapes:

        spade animate landscapes layouts/river.png \\
          --styles night,summer,night --seconds 4 -o ~/day.png
        spade animate landscapes layouts --styles seed:1,seed:2 -o ~/frames
        spade animate landscapes layouts/river.png --styles seed:1-4 -o - | \\
          ffmpeg -i - -pix_fmt yuv420p ~/day.mp4
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("A label map, or a folder of them.", valueName: "labels.png"))
  var labels: String

  @Option(help: ArgumentHelp("The instance map, or the folder of them.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label maps") var labelOptions: LabelOptions
  @OptionGroup(title: "Label maps") var picture: PictureOptions

  @Option(
    help: ArgumentHelp(
      "The styles to go through: photos, saved styles, folders of them, seed:7, seed:20-31.",
      valueName: "a.png,b.z,seed:1-9"))
  var styles: String

  @Option(parsing: .unconditional, help: ArgumentHelp("Frames in all.", valueName: "count"))
  var frames: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The length of the film, instead of --frames.", valueName: "number"))
  var seconds: String?

  @Option(
    help: ArgumentHelp("How a style becomes the next; smooth is slow at each.", valueName: "linear|smooth"))
  var easing = Animation.Easing.smooth

  @Option(parsing: .unconditional, help: ArgumentHelp("Frames a second.", valueName: "number"))
  var rate = 24

  @Option(help: .hidden) var fps: String?

  @Flag(help: "Remove the frames of a longer film from the output's folder.")
  var force = false

  @OptionGroup(title: "Running") var running: RunOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The film, or a folder for its frames, or - for standard output.", valueName: "film.png|.y4m"))
  var output: String

  func validate() throws {
    if fps != nil { throw ValidationError("animate has no option --fps; did you mean --rate?") }
    for (name, value, range) in [
      ("--frames", frames ?? 1, Animation.frameCounts), ("--rate", rate, 1...1000),
    ]
    where !range.contains(value) {
      throw ValidationError("\(name) is \(value); give \(range.lowerBound) to \(range.upperBound).")
    }
    _ = try frameCount()
    _ = try StyleList(option: styles)
    if let wrong = Fit.fault(cropsBack: picture.cropBack, labelOptions.fit) { throw ValidationError(wrong) }
    if let wrong = Animation.Form.fault(of: output) { throw ValidationError(wrong) }
  }

  private func frameCount() throws -> Int? {
    do { return try Animation.frameCount(frames, seconds: seconds, rate: rate) } catch {
      throw ValidationError(error.sentence)
    }
  }

  func run() throws {
    var request = try AnimationRequest(
      model: model, labels: labels, instances: instances, output: output, styles: StyleList(option: styles),
      frameCount: frameCount(),
      easing: easing, framesPerSecond: rate, kernels: running.kernels(), threadCount: running.threadCount
    )
    (request.cropsBack, request.isForced, request.enlargement) = (picture.cropBack, force, picture.scale)
    try request.run { (file) throws(Failure) in try labelOptions.reading(for: file) }
  }
}
