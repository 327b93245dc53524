import ArgumentParser
import SpadeBoards
import SpadeFiles
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

extension Quality: ExpressibleByArgument {}

struct Quantize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turns a checkpoint into an int8 model file.",
    discussion: """
      The checkpoint is a folder with latest_net_G.pth and opt.txt, as the official implementation leaves it, or the \
      generator's file alone (.pth or .safetensors); a latest_net_E.pth beside it is included as the style encoder. What \
      neither the tensors nor opt.txt say comes from --preset; the options below it, such as --size, win over both. A \
      --preset that contradicts opt.txt or the tensors is an error that names both, and anything still unknown one that lists what to give.

      Calibration runs the network in float32 over label maps to find the range of every activation. Use maps of \
      the kind the network is meant for. Built-in drawings that show every class are always added, and without \
      --calibration take their place. Of eight maps or more a quarter, four at most, decides nothing: it is painted at the end with the model \
      and in float32, and how far the two are apart, by PSNR and by the largest difference of two bytes, is what to expect of other maps. With fewer maps drawings of 2 \
      to 32 areas are, which calibration has not seen. Of a network with an instance norm inside its SPADE layers, as GAN Compression's \
      students have, neither tells what to expect of maps of another kind: single ones lose far more, those of few areas most. Give it \
      maps of the kind that will be painted, some of few areas, and measure others with spade evaluate.

      Float32 products are OpenBLAS's, whose kernels differ from CPU to CPU and with its number of threads, and round differently. So the \
      same command makes a file of the same bytes on the same machine only; on others codes and pictures differ a little. The file, not \
      the command, is what to publish: it paints the same bytes everywhere.

      The arena is the smallest with which a picture takes at most a tenth longer than with any; a table shows what other \
      arenas would buy. --max-ram asks for the fastest plan whose arena is no larger. The picture stays the same, byte for \
      byte. --target plans for a board instead: for the arena and the threads that suit it. spade plan changes a finished \
      file's plan.

        spade quantize checkpoints/coco_pretrained -o coco.spade
        spade quantize latest_net_G.pth --preset ade20k --calibration maps/ \\
          -o ade20k.spade
        spade quantize checkpoints/coco_pretrained --max-ram 8M -o small.spade
        spade quantize checkpoints/coco_pretrained --target raspberry-pi-zero-2-w \\
          -o zero.spade
        spade quantize checkpoints/coco_pretrained --calibration maps/ \\
          -o coco.spade --json | jq .unseen.worst
      """)

  @Argument(help: ArgumentHelp("A checkpoint folder or a generator's file.", valueName: "checkpoint"))
  var checkpoint: String

  @OptionGroup(title: "Network (what the checkpoint does not tell)") var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Label maps to calibrate with: the PNG files of a folder or of its subfolder labels/, with instance maps of "
        + "the same names in instances/ beside it where the network reads instance borders.",
      valueName: "folder"))
  var calibration: String?

  @Option(
    help: ArgumentHelp(
      "Class names and colours: a text file, one class a line in the order of the ids, perhaps with a colour as "
        + "#rrggbb or three numbers. Drawings are read by the colours; of classes with one colour the first counts.",
      valueName: "classes.txt"))
  var labels: String?

  @OptionGroup(title: "Calibration maps") var labelOptions: LabelOptions

  @Option(
    name: .customLong("max-ram"),
    help: ArgumentHelp(
      "The arena's size with one thread at most: bytes, or with k, M or G (KiB, MiB, GiB), or with kB, MB or GB "
        + "(thousands, millions, thousand millions). Each further thread adds its scratch memory, which spade inspect "
        + "shows.", valueName: "size"))
  var memory: ByteCount?

  @Option(
    help: ArgumentHelp(
      "The board to plan the memory for: \(Board.names.joined(separator: ", ")).", valueName: "board"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "How finely activations are rounded: best (9.35 bits everywhere), balanced (8 bits before the shortcuts: some "
        + "per cent faster, 2 to 3 dB less) or fast (8 bits everywhere: for arenas too small for tiles, 4 to 7 dB less).",
      valueName: "quality"))
  var quality = Quality.best

  @Flag(help: "Print JSON.")
  var json = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "model.spade"))
  var output: String

  func validate() throws {
    _ = try target.map { try Board(option: $0) }
    guard memory == nil || target == nil else {
      throw ValidationError("--max-ram and --target both say how much memory there is; give one of them.")
    }
    if json, output == "-" { throw ValidationError("--json and -o - both print; give one of them.") }
  }

  func run() throws {
    let board = try target.map { try Board(option: $0) }
    let limit = memory.map { ArenaLimit(maxRAM: $0) } ?? board.map { ArenaLimit(board: $0) }
    let files = try CheckpointFolder(option: checkpoint)
    let output = try OutputFile(
      checking: output, inputs: files.paths + [labels, labelOptions.relabel].compactMap { $0 })
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("reading \(checkpoint)")
    let loaded = try LoadedCheckpoint(files, options: network)
    let classes = try labels.map { try ClassList.read($0, for: loaded.configuration) } ?? []
    let folder = try calibration.map {
      try LabelFolder(path: $0, instances: nil, hasEdges: loaded.input.hasEdges)
    }
    try output.check(against: folder?.paths ?? [])
    let maps = try CalibrationMaps(
      folder, by: labelOptions.reading(for: loaded.input, classes: classes.map(NetworkClass.init)),
      loaded.configuration)
    let input = CompilerInput(
      generator: loaded.generator, encoder: try loaded.encoder(), maps: maps.maps, drawings: maps.drawings,
      classes: classes,
      provenance: ModelMetadata.Provenance(
        checkpoint: Path.lastPart(of: loaded.folder.generatorPath),
        checkpointChecksum: try loaded.checksum(),
        calibration: calibration.map { Path.lastPart(of: $0) } ?? "built-in drawings",
        calibrationMapCount: maps.count, drawingCount: maps.drawingCount,
        calibrationChecksums: maps.checksums, quality: quality.rawValue,
        compiler: "spade \(Version.text)"),
      plan: limit?.request ?? PlanRequest(), quality: quality)
    if let limit {
      progress.begin("looking for the smallest arena")
      try limit.check(smallest: try about(checkpoint) { try input.smallestArenaByteCount() })
    }
    let compiled = try about(checkpoint) { try CompiledModel(input) { progress.begin($0, $1) } }

    progress.begin("checking the model")
    let trial = try TrialRun(compiled, arenaLimit: limit)
    let loss = try LossCheck(
      trial, loaded.generator, maps.unseen, names: maps.unseenNames, progress: progress)
    let file = compiled.file(testChecksum: trial.checksum, styleChecksum: trial.styleChecksum)
    try output.write(file)
    progress.finish()
    let report = try QuantizationReport(
      path: output.path, trial, loss, threadCount: board?.threadCount ?? ThreadCount.standard)
    if json {
      Standard.output(try JSON.text(report, called: "quantize"))
    } else {
      for line in report.lines { output.report(line) }
    }
    if let note = loss.unseen.note(
      seen: loss.seenPSNR, quality: quality, calibration: calibration,
      hasInnerNorm: loaded.configuration.modulation == .separable(hasInstanceNorm: true),
      evaluate: "spade evaluate \(output.path) \(checkpoint)")
    {
      Standard.error(note)
    }
  }
}
