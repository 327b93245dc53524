import SpadeFiles
import SpadeModel
import SpadeQuantize
import SpadeTools

/// A generator from its files, and what lies beside it.
struct LoadedCheckpoint {
  let folder: CheckpointFolder
  let generator: Generator
  private let checkpoint: Checkpoint

  init(
    _ folder: CheckpointFolder, preset: GeneratorConfiguration.Preset?,
    overrides: GeneratorConfiguration.Overrides
  ) throws {
    let options = try folder.optionsPath.map { path in try about(path) { try Options(contentsOf: path) } }
    let checkpoint = try about(folder.generatorPath) { try Checkpoint(contentsOf: folder.generatorPath) }
    generator = try about(folder.generatorPath) {
      let configuration = try GeneratorConfiguration.detect(
        checkpoint: checkpoint, options: options, preset: preset, overrides: overrides)
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
  init(_ folder: CheckpointFolder, for model: Model) throws {
    let upsampling = GeneratorConfiguration.Upsampling.allCases.first {
      $0.doublingCount == Int(model.configuration.doublingCount)
    }
    try self.init(
      folder, preset: nil,
      overrides: GeneratorConfiguration.Overrides(
        width: model.width, height: model.height, upsampling: upsampling,
        hasUnknownClass: model.unknownLabel != nil, hasEdges: model.hasEdges))
    let configuration = generator.configuration
    guard configuration.labelCount == model.labelCount, (configuration.styleCount ?? 0) == model.styleCount,
      configuration.channelUnit == Int(model.configuration.channelUnit)
    else {
      throw Failure(
        "\(folder.generatorPath) holds another network than the model file; give the checkpoint the model was made from."
      )
    }
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
  func checksum() throws -> String {
    let file = try about(folder.generatorPath) { try MappedFile(path: folder.generatorPath) }
    return withExtendedLifetime(file) { Checksum.of(file.bytes).hexadecimal }
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
