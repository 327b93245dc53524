import Foundation
import SpadeInput
import SpadeModel
import SpadeQuantize

/// Small networks with random weights that cover the forms a model file can have.
public enum TinyNetwork: String, CaseIterable, Sendable {
  /// Batch norm, 3×3 kernels, an unknown class, fine codes but for the shortcuts.
  case plain
  /// Instance norm, edges, twice as wide as high, one more doubling.
  case instanceEdges
  /// A style input and a style encoder, 1×1 kernels.
  case style
  /// 5×5 kernels, no fine codes.
  case wideKernel
  /// Class-adaptive layers, edges: no windows.
  case classTable
  /// Separable convolutions with an instance norm inside, channels and hidden channels of each block's own, edges.
  case separable
  /// OASIS: a style that goes along with the labels, 3×3 kernels in the first layer and 5×5 kernels in the others.
  case noise

  public var configuration: GeneratorConfiguration {
    var configuration = GeneratorConfiguration(
      classCount: 5, hasUnknownClass: true, hasEdges: false, channelUnit: 1, hiddenChannelCount: 16,
      width: 64, height: 64)
    switch self {
    case .plain: configuration.channelUnit = 2
    case .instanceEdges:
      configuration.hasEdges = true
      configuration.normalization = .instance
      configuration.upsampling = .more
      configuration.width = 128
    case .style:
      configuration.styleCount = 12
      configuration.kernelSize = 1
    case .wideKernel: configuration.kernelSize = 5
    case .classTable:
      configuration.hasEdges = true
      configuration.modulation = .classTable
      configuration.hiddenChannelCount = 0
      configuration.kernelSize = 1
    case .separable:
      let counts = GeneratorConfiguration.ChannelCounts([1, 1, 2, 1, 1, 2, 9, 3])
      configuration.hasEdges = true
      configuration.hasSpectralNorm = false
      configuration.layout = .compressed(counts)
      configuration.modulation = .separable(hasInstanceNorm: true)
      configuration.hiddenChannelCount = 18
    case .noise:
      configuration.layout = .oasis
      configuration.hasUnknownClass = false
      configuration.kernelSize = 5
      configuration.styleCount = 12
    }
    return configuration
  }

  private var quality: Quality {
    switch self {
    case .plain: .balanced
    case .instanceEdges, .style, .classTable, .separable, .noise: .best
    case .wideKernel: .fast
    }
  }

  /// The same weights every time.
  public func generator() throws -> Generator {
    let tensors = RandomCheckpoint.generator(configuration: configuration, seed: 7)
    return try Generator(checkpoint: Checkpoint(tensors: tensors), configuration: configuration)
  }

  /// A style encoder for the network, or `nil` where it has no style, or one of noise.
  /// - Parameter channelUnit: The network's own if `nil`.
  public func encoder(channelUnit: Int? = nil) throws -> StyleEncoder? {
    guard configuration.hasStyleLayer else { return nil }
    var configuration = configuration
    configuration.channelUnit = channelUnit ?? configuration.channelUnit
    return try StyleEncoder(
      checkpoint: Checkpoint(tensors: RandomCheckpoint.encoder(configuration: configuration, seed: 8)))
  }

  /// Scenes the network can paint.
  public func maps(_ count: Int, seed: UInt64 = 0) -> [LabelMap] {
    ProceduralMaps.maps(
      count: count, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: configuration.hasEdges, seed: seed)
  }

  /// Every pixel of its own: as many windows as pixels.
  public func noiseMap(seed: UInt64 = 1) -> LabelMap {
    var random = SplitMix64(seed: seed)
    let count = configuration.width * configuration.height
    let labels = UInt16(configuration.labelCount)
    return LabelMap(
      width: configuration.width, height: configuration.height,
      ids: (0..<count).map { _ in UInt16.random(in: 0..<labels, using: &random) },
      edges: configuration.hasEdges
        ? (0..<count).map { _ in UInt8.random(in: 0...1, using: &random) } : nil)
  }

  /// One class everywhere.
  public func flatMap(id: UInt16 = 2) -> LabelMap {
    let count = configuration.width * configuration.height
    return LabelMap(
      width: configuration.width, height: configuration.height,
      ids: [UInt16](repeating: id, count: count),
      edges: configuration.hasEdges ? [UInt8](repeating: 0, count: count) : nil)
  }

  public func styleVector(seed: UInt64) -> [Float] {
    NormalGenerator.style(seed: seed, count: configuration.styleCount ?? 0)
  }

  /// The network's model file, made once. Its test case holds the picture that the scalar kernels give.
  public func file() throws -> ModelFile { try Self.files[self]!.get() }

  private static let files: [TinyNetwork: Result<ModelFile, any Error>] = Dictionary(
    uniqueKeysWithValues: allCases.map { network in (network, Result { try network.compiled() }) })

  private func compiled() throws -> ModelFile { try compiled(encoder: try encoder()) }

  /// The network's model file with another style encoder.
  public func compiled(encoder: StyleEncoder?) throws -> ModelFile {
    let compiled = try CompiledModel(
      CompilerInput(
        generator: try generator(), encoder: encoder, maps: maps(4),
        provenance: .init(
          checkpoint: rawValue, checkpointChecksum: "", calibration: "built-in", calibrationMapCount: 4,
          compiler: "test"), quality: quality))
    let run = try ModelRun(compiled.file(testChecksum: 0))
    let (map, style) = run.testCase
    let frame = try run.frame(map, style: style, kernels: supportedKernels[0])
    let photoStyle = encoder == nil ? nil : try run.style(ofPhoto: testPhoto, kernels: supportedKernels[0])
    return ModelFile(
      compiled.file(testChecksum: frame.checksum, styleChecksum: photoStyle?.checksum ?? 0))
  }
}
