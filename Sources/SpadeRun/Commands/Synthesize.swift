import SpadeInput
import SpadeProgram
import SpadeRuntime

extension Command {
  static var synthesize: Command {
    Command(
      name: "synthesize", abstract: "Paints a label map with a model file.",
      operands: ["model.spade", "labels.png"],
      options: [
        Option(name: "--output", short: "-o", value: "picture.png", help: "The picture to write."),
        .instances,
        .seed, .style, .z, .threads, .isa,
      ],
      discussion: """
        The label map is a single-channel PNG of any size whose values are class ids (gray levels,
        or palette indices); it is resized to the network's size by nearest neighbour. 255 stands
        for unknown pixels where the network knows them. A network that reads instance borders
        needs an instance map of the same size. A network with a style input takes one of --seed,
        --style and --z; with none of them seed 0 is used.

          spade-run synthesize coco.spade labels.png --instances instances.png -o picture.png
          spade-run synthesize style.spade labels.png --seed 7 --threads 4 -o picture.png
          spade-run synthesize style.spade labels.png --style photo.png -o picture.png
        """
    ) { arguments throws(Stop) in
      guard let path = arguments["--output"] else { throw .usage("-o <picture.png> is missing.", nil) }
      let (kernels, threadCount) = (try arguments.kernels(), try arguments.threadCount())
      let style = try arguments.style()
      do throws(Failure) {
        let output = try OutputFile(checking: path)
        let frame = try FrameInput(arguments, style, kernels: kernels, threadCount: threadCount)
        try Synthesis.run(
          frame.file, frame.map, style: frame.style, kernels: kernels, threadCount: threadCount, to: output)
      } catch {
        throw .failure(error)
      }
    }
  }
}

/// A model and what it is to paint, from the operands and options of `synthesize` and `profile`.
struct FrameInput {
  let file: ModelFile
  let map: LabelMap
  let style: [Float]

  init(
    _ arguments: Arguments, _ style: StyleSource, kernels: KernelSet, threadCount: Int
  ) throws(Failure) {
    let file = try ModelFile(path: arguments.operands[0])
    self.file = file
    let input = NetworkInput(file.model)
    map = try LabelMap(labels: arguments.operands[1], instances: arguments["--instances"], for: input)
    self.style = try style.styles(mapCount: 1, for: input, network: file.path) { (photo) throws(Failure) in
      try file.style(ofPhoto: photo, kernels: kernels, threadCount: threadCount)
    }[0]
  }
}
