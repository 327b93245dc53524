import SpadeRuntime
import SpadeTools

extension Command {
  static var synthesize: Command {
    Command(
      name: "synthesize", abstract: "Paints a label map with a model file.",
      operands: ["model.spade", "labels.png"],
      options: [
        Option(name: "--output", short: "-o", value: "picture.png", help: "The picture to write."),
        .instances, .palette, .relabel, .seed, .style, .blend, .z,
        Option(name: "--save-style", value: "style.z", help: "Also write the style that was used."),
        .threads, .isa,
      ],
      discussion: """
        The label map is a PNG of any size. With a single channel its values (gray levels or
        palette indices) are class ids; in RGB it is a drawing in the colours of the model's
        classes, where pixels of other colours take the nearest around them. It is resized to the
        network's size by nearest neighbour. 255, or transparent, stands for unknown pixels where
        the network has such a class. A network that reads instance borders needs an instance map
        of the same size.

        A network with a style input takes one of --seed, --style, --blend and --z; without any
        of them, seed 0 is used.

          spade-run synthesize coco.spade labels.png --instances ids.png -o out.png
          spade-run synthesize style.spade labels.png --seed 7 --threads 4 -o out.png
          spade-run synthesize style.spade labels.png --style photo.png -o out.png
          spade-run synthesize style.spade map.png --blend dusk.z:1,noon.z:2 -o out.png
        """
    ) { arguments throws(Stop) in
      guard let path = arguments["--output"] else { throw .usage("-o <picture.png> is missing.", nil) }
      let (kernels, threadCount) = (try arguments.kernels(), try arguments.threadCount())
      let (style, palette) = (try arguments.style(), try arguments.palette())
      do throws(Failure) {
        let inputs = arguments.frameInputs + style.paths
        let output = try OutputFile(checking: path, inputs: inputs)
        let styleFile: OutputFile? =
          if let path = arguments["--save-style"] {
            try OutputFile(checking: path, inputs: inputs, others: [output])
          } else { nil }
        let frame = try FrameInput(
          arguments, style: style, palette: palette, kernels: kernels, threadCount: threadCount)
        try Synthesis.run(
          frame.file, frame.map, style: frame.style, kernels: kernels, threadCount: threadCount, to: output,
          styleFile: styleFile)
      } catch {
        throw .failure(error)
      }
    }
  }
}
