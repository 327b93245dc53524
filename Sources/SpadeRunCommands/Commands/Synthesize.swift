import SpadeImage
import SpadeRuntime
import SpadeTools

extension Command {
  static var synthesize: Command {
    Command(
      name: "synthesize", abstract: "Paints a label map with a model file.",
      operands: ["model.spade", "labels.png"],
      options: [
        Option(
          name: "--output", short: "-o", value: "picture.png",
          help: "The picture to write, a folder for many, or - for standard output."),
        .instances, .palette, .relabel, .fill, .fit, .seed, .style, .blend, .z,
        Option(
          name: "--styles", value: "a.png,seed:1-9",
          help: "Paint in several styles, into a folder; styles are all beside the model."),
        Option(name: "--save-style", value: "style.z", help: "Also write the style that was used."),
        Option(
          name: "--save-map", value: "read.png",
          help: "Also write the map as read, in the classes' colours, cut as the picture."),
        .cropBack, .scale,
        Option(name: "--jobs", value: "count", help: "Pictures painted at a time, of many; 1 if not given."),
        Option(name: "--force", help: "Paint pictures of a folder that are there already anew."),
        Option(name: "--newer", help: "Paint those of them anew whose map was written later."),
        Option(name: "--json", help: "Print JSON."),
        Option(name: "--quiet", help: "Print notes and errors only."),
        .threads, .isa,
      ],
      discussion: """
        The label map is a PNG or JPEG of any size. With a single channel the values of a PNG (gray
        levels or palette indices) are class ids; in RGB, and as a JPEG, it is a drawing in the
        colours of the model's classes (spade-run classes lists them), where pixels of other colours
        take the nearest around them. It is resized to the network's size by nearest neighbour. 255,
        or transparent, stands for unknown pixels where the network has such a class. A network that
        reads instance borders needs an instance map of the same size.

        A network with a style input takes one of --seed, --style, --blend and --z; without any
        of them, seed 0 is used.

        The network fixes the size of pictures; --scale 4 enlarges 256 by 256 to 1024 by 1024 with smooth
        edges, which is a print of 13 cm at 200 dots an inch, and adds no detail.

        A folder of label maps, or several --styles, make a folder of pictures; those that are there
        already stay, so that work that was stopped goes on, or are painted anew with --force, and
        with --newer where the map, or its instance map, was written after the picture. The
        same command on several machines with one folder divides the work: each takes the maps in
        an order of its own and leaves out what is there by then.

        With landscapes and its folder, as installed in /usr/share/spade/landscapes:

          spade-run synthesize landscapes layouts/river.png --style sunset -o ~/out.png
          spade-run synthesize landscapes layouts/river.png --seed 7 -o ~/out.png
          spade-run synthesize landscapes layouts/river.png --blend fog:1,night:2 \\
            -o ~/out.png
          spade-run synthesize landscapes layouts -o ~/out --styles dawn,seed:1-3
          spade-run synthesize landscapes layouts -o ~/out --newer
        """
    ) { arguments throws(Stop) in
      guard let output = arguments["--output"] else { throw .usage("-o <picture.png> is missing.", nil) }
      let (kernels, threadCount) = (try arguments.kernels(), try arguments.threadCount())
      var request = SynthesisRequest(
        model: arguments.operands[0], labels: arguments.operands[1], output: output,
        source: try arguments.style(),
        kernels: kernels, threadCount: threadCount)
      request.instances = arguments["--instances"]
      request.palette = try arguments.palette()
      request.relabel = arguments["--relabel"]
      request.fill = arguments["--fill"]
      request.fit = try arguments.fit()
      request.styles = try arguments.styles()
      request.styleOutput = arguments["--save-style"]
      request.mapOutput = arguments["--save-map"]
      request.enlargement = try arguments.enlargement()
      request.cropsBack = arguments.has("--crop-back")
      request.jobCount = try arguments.number("--jobs", in: ThreadCount.allowed) ?? 1
      request.isForced = arguments.has("--force")
      request.paintsNewer = arguments.has("--newer")
      request.printsJSON = arguments.has("--json")
      request.isQuiet = arguments.has("--quiet")
      if let wrong = request.fault { throw .usage(wrong, nil) }
      do throws(Failure) { try Synthesis.run(request) } catch { throw .failure(error) }
    }
  }
}
