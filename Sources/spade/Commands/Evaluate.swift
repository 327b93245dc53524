import ArgumentParser
import SpadeInput
import SpadeQuantize
import SpadeRuntime
import SpadeTools

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how far a model file's pictures are from float32.",
    discussion: """
      Paints every label map of a folder twice, with the model file and with the checkpoint it was made from in float32, \
      and compares the 8-bit pictures: PSNR in dB, SSIM, and the largest difference of a byte. Layer by layer it gives the \
      signal-to-quantisation-noise ratio (SQNR) of what the layer wrote, in dB over all maps.

      Instance maps come from instances/ beside the folder where the network reads instance borders. A network with a \
      style input gets the style of seed 0 for the first map, of seed 1 for the second, and so on, unless --z gives others.

        spade evaluate coco.spade checkpoints/coco_pretrained maps/labels
        spade evaluate coco.spade checkpoints/coco_pretrained maps/labels --json > coco.json
      """)

  @Argument(help: ArgumentHelp("The model file.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The checkpoint it was made from.", valueName: "checkpoint"))
  var checkpoint: String

  @Argument(help: ArgumentHelp("A folder of label maps.", valueName: "folder"))
  var labels: String

  @Option(help: ArgumentHelp("The folder of instance maps.", valueName: "folder"))
  var instances: String?

  @OptionGroup(title: "Label maps") var labelOptions: LabelOptions

  @Option(help: ArgumentHelp("Styles as a NumPy file of shape [n] or [maps, n].", valueName: "z.npy"))
  var z: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Running") var running: RunOptions

  func run() throws {
    let kernels = try running.kernels()
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("reading \(checkpoint)")
    let file = try ModelFile(path: model)
    let loaded = try LoadedCheckpoint(CheckpointFolder(option: checkpoint), for: file.model)
    let isOrigin = try loaded.checksum() == ModelMetadata(of: file).provenance.checkpointChecksum
    let input = loaded.input
    let folder = try LabelFolder(path: labels, instances: instances, hasEdges: input.hasEdges)
    let maps = try folder.maps(by: labelOptions.reading(for: file))
    let styles = try styles(maps.count, input, file, kernels)

    var evaluation = Evaluation(file: file, reference: Reference(loaded.generator))
    try withRuntime(file.model, path: model, kernels: kernels, threadCount: running.threadCount) {
      (runtime) throws(Failure) in
      for index in maps.indices {
        progress.begin("comparing map \(index + 1) of \(maps.count)", (index, maps.count))
        try evaluation.compare(
          maps[index], style: styles[index], name: folder.entries[index].name, with: &runtime)
      }
    }
    progress.finish()
    let report = evaluation.report
    Standard.output(json ? try JSON.text(report, called: "evaluate") : report.lines.joined(separator: "\n"))
    guard isOrigin else {
      throw Failure(
        "\(model) was made from another file than \(loaded.folder.generatorPath), so these figures may compare two networks; "
          + "give the checkpoint that spade inspect names.")
    }
  }

  private func styles(
    _ mapCount: Int, _ input: NetworkInput, _ file: ModelFile, _ kernels: KernelSet
  ) throws -> [[Float]] {
    guard let z else {
      return (0..<mapCount).map { NormalGenerator.style(seed: UInt64($0), count: input.styleCount) }
    }
    return try StyleSource.array(path: z).styles(
      mapCount: mapCount, for: input, network: model,
      encode: file.photoEncoder(kernels: kernels, threadCount: running.threadCount))
  }
}
