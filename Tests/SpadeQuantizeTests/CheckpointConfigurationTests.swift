import Foundation
import Testing

@testable import SpadeQuantize

/// The smallest generator: one channel unit, two hidden channels, 1×1 kernels, 32×32 pixels.
func tinyConfiguration() -> GeneratorConfiguration {
  GeneratorConfiguration(
    classCount: 3, hasUnknownClass: true, hasEdges: true, channelUnit: 1, hiddenChannelCount: 2,
    kernelSize: 1, width: 32, height: 32)
}

/// A random generator as a checkpoint in memory, after a change to its tensors.
func randomCheckpoint(
  _ configuration: GeneratorConfiguration, change: (inout [RandomCheckpoint.Tensor]) -> Void = { _ in }
) throws -> Checkpoint {
  var tensors = RandomCheckpoint.generator(configuration: configuration, seed: 1)
  change(&tensors)
  let folder = try TemporaryFolder()
  try Safetensors.write(tensors: tensors, to: "\(folder.path)/x.safetensors")
  return try Checkpoint(contentsOf: "\(folder.path)/x.safetensors")
}

extension [RandomCheckpoint.Tensor] {
  /// Replaces a tensor by zeros of another shape, or removes it.
  mutating func replace(_ name: String, _ shape: [Int]?) {
    removeAll { $0.name == name }
    if let shape { append((name, shape, [Float](repeating: 0, count: shape.reduce(1, *)))) }
  }
}

@Suite struct CheckpointConfigurationTests {
  typealias Overrides = GeneratorConfiguration.Overrides

  static var options: Options {
    var options = Options()
    options.classCount = 3
    options.hasUnknownClass = true
    options.hasEdges = true
    options.upsampling = .normal
    options.cropSize = 32
    options.aspectRatio = 1
    options.channelUnit = 1
    options.layerNormalization = .init(hasSpectralNorm: true, normalization: .batch, kernelSize: 1)
    options.hasStyle = false
    return options
  }

  static var variants: [GeneratorConfiguration] {
    var variants = [tinyConfiguration()]
    func add(_ change: (inout GeneratorConfiguration) -> Void) {
      var configuration = tinyConfiguration()
      change(&configuration)
      variants.append(configuration)
    }
    add { $0.kernelSize = 5 }
    add { $0.normalization = .instance }
    add { $0.hasSpectralNorm = false }
    add { $0.hasEdges = false }
    add {
      $0.upsampling = .more
      ($0.width, $0.height) = (128, 64)
    }
    add {
      $0.upsampling = .most
      $0.channelUnit = 2
      ($0.width, $0.height) = (128, 256)
    }
    add {
      $0.styleCount = 5
      ($0.width, $0.height) = (64, 96)
    }
    return variants
  }

  @Test(arguments: variants) func isToldFromTensorsAndOverrides(_ wanted: GeneratorConfiguration) throws {
    let checkpoint = try randomCheckpoint(wanted)
    let overrides = Overrides(
      width: wanted.width, height: wanted.height,
      upsampling: wanted.upsampling == .most ? nil : wanted.upsampling,
      hasUnknownClass: wanted.hasUnknownClass, hasEdges: wanted.hasEdges)
    let found = try GeneratorConfiguration.detect(checkpoint: checkpoint, overrides: overrides)
    #expect(found == wanted)
    let generator = try Generator(checkpoint: checkpoint, configuration: found)
    #expect(generator.blocks.map(\.shape) == wanted.blocks)
  }

  @Test func isToldFromOptions() throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration())
    #expect(
      try GeneratorConfiguration.detect(checkpoint: checkpoint, options: Self.options) == tinyConfiguration())
  }

  /// Of ADE20K's classes.
  private static var ade: GeneratorConfiguration {
    var configuration = tinyConfiguration()
    configuration.classCount = 150
    configuration.hasEdges = false
    (configuration.width, configuration.height) = (256, 256)
    return configuration
  }

  @Test func overridesWinOverOptionsAndPresets() throws {
    var wanted = Self.ade
    let checkpoint = try randomCheckpoint(wanted)
    var options = Options()
    options.channelUnit = 1
    // What neither the tensors nor the options say.
    var found = try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options, preset: .ade20k)
    #expect(found == wanted)

    (wanted.width, wanted.height) = (512, 128)
    wanted.upsampling = .more
    options.cropSize = 64
    options.upsampling = .most
    found = try GeneratorConfiguration.detect(
      checkpoint: checkpoint, options: options, preset: .ade20k,
      overrides: Overrides(width: 512, height: 128, upsampling: .more))
    #expect(found == wanted)
  }

  typealias Answer = ConfigurationError.PresetAnswer

  static let presetContradictions: [(Answer, Answer, Change<Options>)] = [
    (.classCount(150), .classCount(151), { $0.classCount = 151 }),
    (.upsampling(.normal), .upsampling(.more), { $0.upsampling = .more }),
    (.unknownClass(true), .unknownClass(false), { $0.hasUnknownClass = false }),
    (.edges(false), .edges(true), { $0.hasEdges = true }),
    (.size(width: 256, height: 256), .size(width: 256, height: 128), { $0.aspectRatio = 2 }),
  ]

  @Test(arguments: presetContradictions)
  func aPresetThatOptionsContradict(says: Answer, found: Answer, change: Change<Options>) throws {
    let checkpoint = try randomCheckpoint(Self.ade)
    var options = Self.options
    options.classCount = 150
    options.hasEdges = false
    options.cropSize = 256
    let agreed = try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options, preset: .ade20k)
    #expect(agreed == Self.ade)
    change(&options)
    #expect(throws: ConfigurationError.presetMismatch(.ade20k, says: says, options: found)) {
      try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options, preset: .ade20k)
    }
  }

  @Test func aPresetThatTheTensorsContradict() throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration())
    #expect(
      throws: ConfigurationError.inputMismatch(
        checkpoint: 5, classCount: 150, preset: .ade20k, hasUnknownClass: true, hasEdges: false)
    ) { try GeneratorConfiguration.detect(checkpoint: checkpoint, preset: .ade20k) }
  }

  @Test(arguments: [
    (32, 1.0, GeneratorConfiguration.Upsampling.normal, 32, 32), (512, 2, .more, 512, 256),
    (256, 1, .normal, 256, 256), (160, 2, .normal, 160, 64), (224, 2, .normal, 224, 128),
    (300, 1, .normal, 288, 288), (128, 0.5, .more, 128, 256),
  ])
  func sizeFromOptions(
    crop: Int, aspect: Double, upsampling: GeneratorConfiguration.Upsampling, width: Int, height: Int
  ) throws {
    var options = Self.options
    options.cropSize = crop
    options.aspectRatio = aspect
    options.upsampling = upsampling
    let found = try GeneratorConfiguration.detect(
      checkpoint: try randomCheckpoint(tinyConfiguration()), options: options)
    #expect(found.width == width && found.height == height)
  }

  @Test func openQuestionsAreListed() throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration())
    #expect(throws: ConfigurationError.open([.size, .upsampling, .unknownClass, .edges])) {
      try GeneratorConfiguration.detect(checkpoint: checkpoint)
    }
    #expect(throws: ConfigurationError.open([.upsampling, .edges])) {
      try GeneratorConfiguration.detect(
        checkpoint: checkpoint, overrides: Overrides(width: 32, height: 32, hasUnknownClass: true))
    }
  }

  typealias Change<Value> = @Sendable (inout Value) -> Void

  static let contradictions: [(ConfigurationError, Change<Options>)] = [
    (.channelUnitMismatch(checkpoint: 1, options: 64), { $0.channelUnit = 64 }),
    (.kernelSizeMismatch(checkpoint: 1, options: 3), { $0.layerNormalization?.kernelSize = 3 }),
    (
      .normalizationMismatch(checkpoint: .batch, options: .instance),
      { $0.layerNormalization?.normalization = .instance }
    ),
    (.unexpectedSpectralNorm, { $0.layerNormalization?.hasSpectralNorm = false }),
    (.styleMismatch(checkpoint: nil, options: 256), { $0.hasStyle = true }),
    (.upsamplingMismatch(checkpointHasFifthStage: false, given: .most), { $0.upsampling = .most }),
    (
      .inputMismatch(checkpoint: 5, classCount: 4, hasUnknownClass: true, hasEdges: true),
      { $0.classCount = 4 }
    ),
    (
      .inputMismatch(checkpoint: 5, classCount: 3, hasUnknownClass: true, hasEdges: false),
      { $0.hasEdges = false }
    ),
    (.outOfBounds(quantity: .width, found: 0, lowest: 32, highest: 4096), { $0.cropSize = 31 }),
    (.outOfBounds(quantity: .cropSize, found: .max, lowest: 1, highest: 4096), { $0.cropSize = .max }),
    (
      .outOfBounds(quantity: .height, found: 4097 << 5, lowest: 32, highest: 4096),
      { $0.aspectRatio = .leastNonzeroMagnitude }
    ),
  ]

  @Test(arguments: contradictions)
  func contradictingOptions(error: ConfigurationError, change: Change<Options>) throws {
    var options = Self.options
    change(&options)
    let checkpoint = try randomCheckpoint(tinyConfiguration())
    #expect(throws: error) { try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options) }
  }

  static let tensorDamages: [(ConfigurationError, Change<[RandomCheckpoint.Tensor]>)] = [
    (.missingTensor(name: "fc.weight"), { $0.replace("fc.weight", nil) }),
    (.missingTensor(name: "head_0.conv_0.weight"), { $0.replace("head_0.conv_0.weight_v", nil) }),
    (
      .wrongRank(tensor: "head_0.norm_0.mlp_shared.0.weight", found: [4], wanted: 4),
      { $0.replace("head_0.norm_0.mlp_shared.0.weight", [4]) }
    ),
    (
      .wrongMultiple(tensor: "head_0.conv_0.weight_orig", found: 17, of: 16),
      { $0.replace("head_0.conv_0.weight_orig", [17, 1, 1, 1]) }
    ),
    (.wrongMultiple(tensor: "fc.weight", found: 8, of: 16), { $0.replace("fc.weight", [8, 4]) }),
    (
      .outOfBounds(quantity: .channelUnit, found: 1025, lowest: 1, highest: 1024),
      { $0.replace("head_0.conv_0.weight_orig", [16400, 1, 1, 1]) }
    ),
    (
      .outOfBounds(quantity: .hiddenChannelCount, found: 5000, lowest: 1, highest: 4096),
      { $0.replace("head_0.norm_0.mlp_shared.0.weight", [5000, 1, 1, 1]) }
    ),
    (
      .outOfBounds(quantity: .kernelSize, found: 9, lowest: 1, highest: 7),
      { $0.replace("head_0.norm_0.mlp_shared.0.weight", [2, 5, 9, 9]) }
    ),
    (.evenKernel(found: 2), { $0.replace("head_0.norm_0.mlp_shared.0.weight", [2, 5, 2, 2]) }),
    (.oddChannelUnit(found: 1), { $0.replace("up_4.conv_0.bias", [1]) }),
    (
      .outOfBounds(quantity: .styleCount, found: 0, lowest: 1, highest: 65536),
      { $0.replace("fc.weight", [16, 0]) }
    ),
    (
      .firstGridMismatch(checkpointCellCount: 6, width: 1, height: 1), { $0.replace("fc.weight", [96, 4]) }
    ),
    (
      .outOfBounds(quantity: .classCount, found: -1, lowest: 1, highest: 4096),
      { $0.replace("head_0.norm_0.mlp_shared.0.weight", [2, 1, 1, 1]) }
    ),
  ]

  @Test(arguments: tensorDamages)
  func malformedTensors(error: ConfigurationError, change: Change<[RandomCheckpoint.Tensor]>) throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration(), change: change)
    #expect(throws: error) {
      try GeneratorConfiguration.detect(
        checkpoint: checkpoint,
        overrides: Overrides(
          width: 32, height: 32, upsampling: .normal, hasUnknownClass: true, hasEdges: true))
    }
  }

  @Test func sizeOffTheGrid() throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration())
    #expect(throws: ConfigurationError.sizeOffGrid(width: 48, height: 32, multiple: 32)) {
      try GeneratorConfiguration.detect(
        checkpoint: checkpoint, options: Self.options, overrides: Overrides(width: 48, height: 32))
    }
  }
}
