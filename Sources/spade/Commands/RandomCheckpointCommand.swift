import ArgumentParser
import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeQuantize
import SpadeTools

extension GeneratorConfiguration.Normalization: ExpressibleByArgument {}

struct RandomCheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "random-checkpoint",
    abstract: "Makes a checkpoint with random weights, to try the tools without a trained network.",
    discussion: """
      Writes a folder in the official layout: latest_net_G.safetensors, opt.txt, latest_net_E.safetensors for a network \
      with a style input, and label maps to paint in labels/ (instance maps in instances/). Activations have a trained \
      network's spread, with statistics from \(Self.fittingMapCount) drawings; the pictures show nothing. The same options \
      give the same bytes.

        spade random-checkpoint demo --ngf 16 --classes 16 --size 256x256
        spade random-checkpoint full --preset ade20k --ngf 64
      """)

  @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var folder: String

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Channel unit; the released networks have 64.", valueName: "count"))
  var ngf = 16

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Classes without the unknown one; by default the preset's, or 16.", valueName: "count")
  )
  var classes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Length of the style; 0 for a network without style input.", valueName: "count"))
  var styleSize = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Side of the kernels in SPADE layers: 1, 3, 5 or 7.", valueName: "count"))
  var kernelSize = 3

  @Option(help: "The normalisation inside SPADE layers.")
  var norm = GeneratorConfiguration.Normalization.batch

  @Flag(inversion: .prefixedNo, help: "Whether convolutions have a spectral norm.")
  var spectralNorm = true

  @Option(parsing: .unconditional, help: ArgumentHelp("Label maps to draw.", valueName: "count"))
  var maps = 2

  @Flag(help: "Replace what lies in the folder.")
  var force = false

  @Option(parsing: .unconditional, help: "Other seeds give other weights and maps.")
  var seed: UInt64 = 0

  func validate() throws {
    let limits: [(String, Int, ClosedRange<Int>)] = [
      ("--ngf", ngf, 1...1024), ("--classes", classes ?? 1, 1...4096), ("--style-size", styleSize, 0...4096),
      ("--maps", maps, 0...10000),
    ]
    for (name, value, range) in limits where !range.contains(value) {
      throw ValidationError("\(name) is \(value); give \(range.lowerBound) to \(range.upperBound).")
    }
    guard [1, 3, 5, 7].contains(kernelSize) else { throw ValidationError("--kernel-size is 1, 3, 5 or 7.") }
    let multiple = 1 << generator.upsampling.doublingCount
    guard generator.width.isMultiple(of: multiple), generator.height.isMultiple(of: multiple),
      max(generator.width, generator.height) <= 4096
    else {
      throw ValidationError("With this upsampling --size takes multiples of \(multiple), up to 4096.")
    }
    if generator.upsampling == .most && !ngf.isMultiple(of: 2) {
      throw ValidationError("With --upsampling most, --ngf must be even.")
    }
  }

  private var generator: GeneratorConfiguration {
    let preset = network.preset
    return GeneratorConfiguration(
      classCount: classes ?? preset?.classCount ?? 16,
      hasUnknownClass: network.dontcare ?? preset?.hasUnknownClass ?? false,
      hasEdges: network.edges ?? preset?.hasEdges ?? false, channelUnit: ngf, kernelSize: kernelSize,
      normalization: norm, hasSpectralNorm: spectralNorm,
      upsampling: network.upsampling ?? preset?.upsampling ?? .normal,
      width: network.size?.width ?? preset?.width ?? 256,
      height: network.size?.height ?? preset?.height ?? 256,
      styleCount: styleSize == 0 ? nil : styleSize)
  }

  func run() throws {
    let configuration = generator
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
    Standard.output(
      "\(folder): ngf \(ngf), \(configuration.classCount) classes, \(configuration.width)x\(configuration.height), "
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
