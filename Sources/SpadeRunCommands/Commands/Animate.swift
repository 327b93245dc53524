import SpadeImage
import SpadeInput
import SpadeTools

extension Command {
  static var animate: Command {
    Command(
      name: "animate", abstract: "Paints a film whose style goes from one to the next.",
      operands: ["model.spade", "labels.png"],
      options: [
        Option(
          name: "--output", short: "-o", value: "film.png|.y4m",
          help: "The film, or a folder for its frames, or - for standard output."),
        .instances, .palette, .relabel, .fill, .fit, .cropBack, .scale,
        Option(
          name: "--styles", value: "a.png,seed:1-9",
          help: "The styles to go through: files, folders of them, seeds."),
        Option(name: "--frames", value: "count", help: "Frames in all."),
        Option(name: "--seconds", value: "number", help: "The length of the film, instead of --frames."),
        Option(
          name: "--easing", value: "linear|smooth", help: "How a style becomes the next; smooth if not given."
        ),
        Option(name: "--rate", value: "number", help: "Frames a second; 24 if not given."),
        Option(name: "--force", help: "Remove the frames of a longer film from the output's folder."),
        .threads, .isa,
      ],
      discussion: """
        Goes through the styles in their order. Over one label map there are 24 frames from each
        style to the next; over a folder of maps one frame a map. The output is an animated PNG
        where its name ends in .png, a Y4M stream for ffmpeg where it ends in .y4m or is -, and
        otherwise a folder of numbered PNGs, where frames of a longer film are refused, or removed
        with --force.

        With landscapes and its folder, as installed in /usr/share/spade/landscapes:

          spade-run animate landscapes layouts/river.png --styles night,summer,night \\
            --seconds 4 -o ~/day.png
          spade-run animate landscapes layouts --styles seed:1,seed:2 -o ~/frames
          spade-run animate landscapes layouts/river.png --styles seed:1-4 -o - | \\
            ffmpeg -i - -pix_fmt yuv420p ~/day.mp4
        """
    ) { arguments throws(Stop) in
      guard let output = arguments["--output"] else { throw .usage("-o <film.png> is missing.", nil) }
      guard let styles = try arguments.styles() else { throw .usage("--styles is missing.", nil) }
      if let wrong = Animation.Form.fault(of: output) { throw .usage(wrong, nil) }
      guard let easing = Animation.Easing(rawValue: arguments["--easing"] ?? "smooth") else {
        throw .usage("--easing is linear or smooth.", nil)
      }
      let rate = try arguments.number("--rate", in: 1...1000) ?? 24
      var frameCount = try arguments.number("--frames", in: Animation.frameCounts)
      do throws(StyleBlend.WrongUsage) {
        frameCount = try Animation.frameCount(frameCount, seconds: arguments["--seconds"], rate: rate)
      } catch { throw .usage(error.sentence, nil) }
      var request = AnimationRequest(
        model: arguments.operands[0], labels: arguments.operands[1], instances: arguments["--instances"],
        output: output, styles: styles, frameCount: frameCount, easing: easing, framesPerSecond: rate,
        kernels: try arguments.kernels(), threadCount: try arguments.threadCount())
      request.isForced = arguments.has("--force")
      request.enlargement = try arguments.enlargement()
      request.cropsBack = arguments.has("--crop-back")
      let (palette, fit) = (try arguments.palette(), try arguments.fit())
      if let wrong = Fit.fault(cropsBack: request.cropsBack, fit) { throw .usage(wrong, nil) }
      do throws(Failure) {
        try request.run { (file) throws(Failure) in
          try LabelReading(
            for: NetworkInput(file.model), classes: file.classes(), colors: palette,
            relabel: arguments["--relabel"], fill: arguments["--fill"], fit: fit)
        }
      } catch {
        throw .failure(error)
      }
    }
  }
}
