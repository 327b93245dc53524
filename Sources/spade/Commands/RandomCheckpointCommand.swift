import ArgumentParser
import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeQuantize
import SpadeTools

struct RandomCheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "random-checkpoint",
    abstract: "Makes a checkpoint with random weights, to try the tools without a trained network.",
    discussion: """
      Writes a folder in the official layout: latest_net_G.safetensors, opt.txt, latest_net_E.safetensors for a network \
      with a style input, and label maps to paint in labels/ (instance maps in instances/). Activations have a trained \
      network's spread, with statistics from \(Self.fittingMapCount) drawings; the pictures show nothing. The same options \
      give the same bytes on the same machine. On others the statistics' last digits differ, as OpenBLAS rounds by its CPU and threads; \
      without them, with --norm instance, the bytes are the same everywhere.

        spade random-checkpoint demo --ngf 16 --classes 16 --size 256x256
        spade random-checkpoint full --preset ade20k --ngf 64
        spade random-checkpoint small --family gan-compression --preset cityscapes
      """)

  @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var folder: String

  @OptionGroup(title: "Network") var network: NetworkOptions

  @OptionGroup(title: "Random network") var random: RandomNetworkOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("Label maps to draw.", valueName: "count"))
  var maps = 2

  @Flag(help: "Replace what lies in the folder.")
  var force = false

  @Option(parsing: .unconditional, help: "Other seeds give other weights and maps.")
  var seed: UInt64 = 0

  func validate() throws {
    guard (0...10000).contains(maps) else { throw ValidationError("--maps is \(maps); give 0 to 10000.") }
    try random.check(network)
  }

  func run() throws {
    let configuration = random.configuration(network)
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("drawing weights")
    try checkFolder()
    try makeFolder(folder)
    var tensors = RandomCheckpoint.generator(configuration: configuration, seed: seed)
    try RandomCheckpoint.fit(&tensors, configuration: configuration, maps: fittingMaps(configuration)) {
      index in
      progress.begin("measuring statistics, drawing \(index + 1) of \(Self.fittingMapCount)")
    }
    progress.begin("writing \(folder)")
    try write(tensors, "latest_net_G.safetensors")
    if configuration.hasStyleLayer {
      try write(
        RandomCheckpoint.encoder(configuration: configuration, seed: seed &+ 1), "latest_net_E.safetensors")
    }
    try OutputFile(checking: Path.joined(folder, "opt.txt"), inputs: [])
      .write([UInt8](OptionsText.text(configuration).utf8))
    try writeMaps(configuration)
    var channels = "ngf \(configuration.channelUnit)"
    if case .compressed(let counts) = configuration.layout { channels = "channels \(counts.text)" }
    Standard.output(
      "\(folder): \(channels), \(configuration.classCount) classes, \(configuration.width)x\(configuration.height), "
        + "\(maps) label map\(maps == 1 ? "" : "s")")
  }

  private static let fittingMapCount = 8
  /// Keeps the maps to paint apart from the drawings that `spade quantize` calibrates with.
  private static let mapSeed: UInt64 = 0x6d61_7073

  /// Others than the maps to paint.
  private func fittingMaps(_ configuration: GeneratorConfiguration) -> [LabelMap] {
    ProceduralMaps.maps(
      count: Self.fittingMapCount, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: configuration.hasEdges, seed: ~seed)
  }

  /// A folder that holds something may be a real checkpoint's.
  private func checkFolder() throws {
    guard !force, Folder.isThere(folder), try !about(folder, { try Folder.names(in: folder) }).isEmpty else {
      return
    }
    throw Failure("\(folder) is not empty; give a new folder, or --force to write into it.")
  }

  private func makeFolder(_ path: String) throws { try about(path) { try Folder.make(path) } }

  private func write(_ tensors: [RandomCheckpoint.Tensor], _ name: String) throws {
    let path = Path.joined(folder, name)
    try about(path) { try Safetensors.write(tensors: tensors, to: path) }
  }

  private func writeMaps(_ configuration: GeneratorConfiguration) throws {
    guard maps > 0 else { return }
    try makeFolder(Path.joined(folder, "labels"))
    if configuration.hasEdges { try makeFolder(Path.joined(folder, "instances")) }
    let drawn = ProceduralMaps.maps(
      count: maps, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: false, seed: seed ^ Self.mapSeed)
    for (index, map) in drawn.enumerated() {
      let name = "map\(String(repeating: "0", count: max(0, 2 - "\(index + 1)".count)))\(index + 1).png"
      let unknown = configuration.hasUnknownClass ? UInt16(configuration.classCount) : nil
      let ids = map.ids.map { $0 == unknown ? 255 : $0 }
      let kinds = configuration.hasEdges ? ["labels", "instances"] : ["labels"]
      for kind in kinds {
        let path = Path.joined(Path.joined(folder, kind), name)
        try about(path) {
          try File.write(IndexImage(width: map.width, height: map.height, values: ids).pngBytes(), to: path)
        }
      }
    }
  }
}
