import SpadeFiles
import SpadeModel
import SpadeQuantize
import SpadeTools

/// A generator from its files, and what lies beside it.
struct LoadedCheckpoint {
  let folder: CheckpointFolder
  let generator: Generator
  private let checkpoint: Checkpoint

  /// - Parameter mismatch: What to say instead where the network does not fit the overrides.
  init(
    _ folder: CheckpointFolder, preset: GeneratorConfiguration.Preset?,
    overrides: GeneratorConfiguration.Overrides, mismatch: Failure? = nil
  ) throws {
    let options = try folder.optionsPath.map { path in try about(path) { try Options(contentsOf: path) } }
    let checkpoint = try about(folder.generatorPath) { try Checkpoint(contentsOf: folder.generatorPath) }
    generator = try about(folder.generatorPath) {
      let configuration: GeneratorConfiguration
      do {
        configuration = try GeneratorConfiguration.detect(
          checkpoint: checkpoint, options: options, preset: preset, overrides: overrides)
      } catch let error as ConfigurationError where error.isAboutOverrides {
        throw mismatch ?? Failure(folder.generatorPath, error)
      }
      try OpenBLAS.require(
        besides: checkpoint.workByteCount + configuration.workByteCount, for: folder.generatorPath)
      return try Generator(checkpoint: checkpoint, configuration: configuration)
    }
    self.folder = folder
    self.checkpoint = checkpoint
  }

  init(_ folder: CheckpointFolder, options: NetworkOptions) throws {
    try self.init(folder, preset: options.preset, overrides: options.overrides)
  }

  /// The checkpoint that a model was made from, or one of the same shape.
  init(_ folder: CheckpointFolder, for file: ModelFile) throws {
    let model = file.model
    let provenance = try ModelMetadata(of: file).provenance
    let path = folder.generatorPath
    let checksum = try Self.checksum(path)
    let other = Failure(
      "\(file.path) was made from another network, \(provenance.checkpoint) (XXH64 \(provenance.checkpointChecksum)), than "
        + "\(path) (XXH64 \(checksum)); give the checkpoint that the model was made from.")
    let upsampling = GeneratorConfiguration.Upsampling.allCases.first {
      $0.doublingCount == Int(model.configuration.doublingCount)
    }
    try self.init(
      folder, preset: nil,
      overrides: GeneratorConfiguration.Overrides(
        width: model.width, height: model.height, upsampling: upsampling,
        hasUnknownClass: model.unknownLabel != nil, hasEdges: model.hasEdges,
        noiseCount: model.styleCount),
      mismatch: checksum == provenance.checkpointChecksum ? nil : other)
    let configuration = generator.configuration
    guard configuration.labelCount == model.labelCount, (configuration.styleCount ?? 0) == model.styleCount,
      configuration.channelUnit == Int(model.configuration.channelUnit)
    else { throw other }
  }

  var configuration: GeneratorConfiguration { generator.configuration }
  var input: NetworkInput { NetworkInput(configuration) }

  /// The style encoder beside a generator with a style input.
  func encoder() throws -> StyleEncoder? {
    guard let styleCount = configuration.styleCount, let path = folder.encoderPath else { return nil }
    return try about(path) {
      let encoder = try StyleEncoder(checkpoint: Checkpoint(contentsOf: path))
      guard encoder.mean.outputChannelCount == styleCount else {
        throw Failure(
          "\(path) makes styles of \(encoder.mean.outputChannelCount) values and the generator reads \(styleCount); "
            + "give the encoder that was trained with it.")
      }
      return encoder
    }
  }

  /// XXH64 of the generator's file, in hexadecimal.
  func checksum() throws -> String { try Self.checksum(folder.generatorPath) }

  /// XXH64 of a file, in hexadecimal.
  static func checksum(_ path: String) throws -> String {
    let file = try about(path) { try MappedFile(path: path) }
    return withExtendedLifetime(file) { Checksum.of(file.bytes).hexadecimal }
  }
}

extension ConfigurationError {
  /// Whether what the tensors say and what is asked for from outside are two networks.
  fileprivate var isAboutOverrides: Bool {
    switch self {
    case .inputMismatch, .sizeOffGrid, .firstGridMismatch, .upsamplingMismatch,
      .outOfBounds(quantity: .classCount, _, _, _):
      true
    default: false
    }
  }
}

extension CheckpointFolder {
  /// - Parameter path: As the command line has it: a checkpoint folder or a generator's file.
  init(option path: String) throws { self = try about(path) { try CheckpointFolder(path: path) } }
}

extension Checkpoint {
  /// Of a network's weights at most, from tensors to a model file: in float32, the growing section of int8 codes, and files made
  /// of it.
  fileprivate var workByteCount: Int {
    names.reduce(0) { $0 + 20 * (self[$1]?.shape.reduce(1, *) ?? 0) }
  }
}

extension GeneratorConfiguration {
  /// Of the tensors of a picture in float32 at most: those of the last block, where all are as large as the picture.
  fileprivate var workByteCount: Int {
    width * height * MemoryLayout<Float>.size * (16 * channelUnit + 4 * hiddenChannelCount) + 64 << 20
  }
}
