import SpadeInput
import Testing

@testable import SpadeQuantize

/// What a generator is, from its tensors.
@Suite struct FamilyCheckpointTests {
  private typealias Configuration = GeneratorConfiguration

  private static let counts = Configuration.ChannelCounts([3, 2, 4, 3, 5, 2, 3, 4])

  private static let compressed = Configuration(
    classCount: 5, hasUnknownClass: true, hasEdges: true, channelUnit: 3, hiddenChannelCount: 10,
    hasSpectralNorm: false, width: 64, height: 64, layout: .compressed(counts),
    modulation: .separable(hasInstanceNorm: true))

  private static let classAdaptive = Configuration(
    classCount: 5, hasUnknownClass: true, hasEdges: true, channelUnit: 2, hiddenChannelCount: 0,
    kernelSize: 1, width: 64, height: 64, modulation: .classTable)

  private static let oasis = Configuration(
    classCount: 5, hasUnknownClass: false, hasEdges: false, channelUnit: 2, hiddenChannelCount: 8, width: 64,
    height: 64, styleCount: 7, layout: .oasis)

  private static func tensors(_ configuration: Configuration) -> [RandomCheckpoint.Tensor] {
    RandomCheckpoint.generator(configuration: configuration, seed: 3)
  }

  private static let answers = Configuration.Overrides(
    width: 64, height: 64, upsampling: .normal, hasUnknownClass: true, hasEdges: true)

  @Test func compressedFromTheTensorsAlone() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.compressed))
    let found = try Configuration.detect(checkpoint: checkpoint, overrides: Self.answers)
    #expect(found == Self.compressed && found.family == .ganCompression)
    let generator = try Generator(checkpoint: checkpoint, configuration: found)
    let shapes = generator.blocks.map {
      [$0.shape.inputChannelCount, $0.shape.middleChannelCount, $0.shape.outputChannelCount]
    }
    #expect(
      shapes == [
        [48, 32, 48], [48, 64, 48], [48, 48, 48], [48, 40, 40], [40, 8, 8], [8, 6, 6], [6, 4, 4],
      ])
    #expect(generator.blocks.map { $0.shortcut != nil } == [false, false, false, true, true, true, true])
  }

  @Test func configStringMustBeThatOfTheTensors() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.compressed))
    var options = try Options(text: "config_str: 3_2_4_3_5_2_3_4\n")
    #expect(
      try Configuration.detect(checkpoint: checkpoint, options: options, overrides: Self.answers)
        == Self.compressed)
    options = try Options(text: "config_str: 3_2_4_3_5_2_3_5\n")
    #expect(
      throws: ConfigurationError.channelCountsMismatch(
        checkpoint: "3_2_4_3_5_2_3_4", options: "3_2_4_3_5_2_3_5")
    ) { try Configuration.detect(checkpoint: checkpoint, options: options, overrides: Self.answers) }
    #expect(throws: OptionsError.self) { try Options(text: "config_str: 3_2_4\n") }
  }

  /// The uncompressed network's statistics are longer: the first channels count.
  @Test func longStatisticsAreCut() throws {
    var tensors = Self.tensors(Self.compressed)
    let names = ["running_mean", "running_var"].map { "up_0.norm_1.param_free_norm.\($0)" }
    var wanted: [[Float]] = []
    for name in names {
      let index = try #require(tensors.firstIndex { $0.name == name })
      wanted.append(tensors[index].values)
      tensors[index].values += [9, 9, 9]
      tensors[index].shape = [tensors[index].values.count]
    }
    let checkpoint = try Checkpoint(tensors: tensors)
    let generator = try Generator(checkpoint: checkpoint, configuration: Self.compressed)
    let statistics = try #require(generator.blocks[3].norm1.statistics)
    #expect([statistics.mean, statistics.variance] == wanted)

    let index = try #require(tensors.firstIndex { $0.name == names[0] })
    tensors[index] = (names[0], [2], [0, 0])
    let short = try Checkpoint(tensors: tensors)
    #expect(throws: CheckpointError.wrongShape(tensor: names[0], found: [2], wanted: [40])) {
      try Generator(checkpoint: short, configuration: Self.compressed)
    }
  }

  @Test func separableNormIsAnOption() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.compressed))
    let options = try Options(text: "netG: mobile_spade\nseparable_conv_norm: none\n")
    let found = try Configuration.detect(checkpoint: checkpoint, options: options, overrides: Self.answers)
    #expect(found.modulation == .separable(hasInstanceNorm: false))
  }

  /// With nothing between them a depthwise and a 1×1 convolution are one, at the map's rim as well.
  @Test func separableConvolutionsFold() throws {
    var configuration = Self.compressed
    configuration.modulation = .separable(hasInstanceNorm: false)
    let checkpoint = try Checkpoint(tensors: Self.tensors(configuration))
    let folded = try Generator(checkpoint: checkpoint, configuration: configuration)
    configuration.modulation = .separable(hasInstanceNorm: true)
    let unfolded = try Generator(checkpoint: checkpoint, configuration: configuration)
    guard case .dense(let dense) = folded.blocks[4].norm1.modulation,
      case .separable(let separable) = unfolded.blocks[4].norm1.modulation
    else {
      Issue.record("another kind of modulation")
      return
    }
    let inputs = dense.gamma.inputChannelCount
    let hidden = Tensor(
      channelCount: inputs, height: 3, width: 4, values: (0..<12 * inputs).map { Float($0 * 7 % 11) })
    for (one, two) in [(dense.gamma, separable.gamma), (dense.beta, separable.beta)] {
      let expected = two.pointwise.applied(to: two.depthwise.appliedDepthwise(to: hidden)).values
      let largest = expected.reduce(0) { max($0, abs($1)) }
      for (found, wanted) in zip(one.applied(to: hidden).values, expected) {
        #expect(abs(found - wanted) < 1e-5 * largest)
      }
    }
  }

  /// Networks of published shapes are told.
  @Test func publishedSettingsAreKnown() {
    func setting(_ text: String) -> String? {
      var configuration = Self.compressed
      configuration.layout = .compressed(Configuration.ChannelCounts(text: text)!)
      return configuration.publishedSetting
    }
    #expect(setting("32_40_40_32_40_24_32_24") == "cityscapes")
    #expect(setting("32_32_32_48_32_24_24_32") == "cityscapes-fast")
    #expect(setting("40_32_32_40_32_40_24_24") == "coco")
    #expect(setting("40_32_32_40_32_40_24_25") == nil && Self.compressed.publishedSetting == nil)
    for text in ["", "1_2_3_4_5_6_7", "1_2_3_4_5_6_7_0", "1_2_3_4_5_6_7_8_9", "1_2_3_4_5_6_7_x"] {
      #expect(Configuration.ChannelCounts(text: text) == nil)
    }
    var coco = Configuration(
      classCount: 182, hasUnknownClass: true, hasEdges: true, channelUnit: 64, width: 256, height: 256)
    #expect(coco.publishedSetting == "coco")
    coco.width = 512
    #expect(coco.publishedSetting == nil)
    let ade = Configuration(
      classCount: 151, hasUnknownClass: false, hasEdges: false, channelUnit: 64, width: 256, height: 256,
      styleCount: 64, layout: .oasis)
    #expect(ade.publishedSetting == "ade20k")
  }

  @Test func classAdaptiveTellsItsBorders() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.classAdaptive))
    var answers = Self.answers
    answers.hasEdges = nil
    let found = try Configuration.detect(checkpoint: checkpoint, overrides: answers)
    #expect(found == Self.classAdaptive && found.family == .clade)
    let block = try Generator(checkpoint: checkpoint, configuration: found).blocks[0]
    #expect(block.norm0.outputChannelCount == 33 && block.conv0.inputChannelCount == 33)
    let options = try Options(text: "label_nc: 5\nno_instance: True\n")
    answers.hasEdges = nil
    #expect(throws: ConfigurationError.self) {
      try Configuration.detect(checkpoint: checkpoint, options: options, overrides: answers)
    }
  }

  @Test func noiseIsTheStyle() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.oasis))
    let size = Configuration.Overrides(width: 64, height: 64)
    for text in ["semantic_nc: 5\n", "no_3dnoise: False\nz_dim: 7\n"] {
      let options = try Options(text: text)
      let found = try Configuration.detect(checkpoint: checkpoint, options: options, overrides: size)
      #expect(found == Self.oasis && found.family == .oasis && found.styleJoinsLabels)
    }
    let silent = try Configuration.detect(
      checkpoint: checkpoint, options: try Options(text: "no_3dnoise: True\n"), overrides: size)
    #expect(silent.styleCount == nil && silent.labelCount == 12)
    #expect(throws: ConfigurationError.open([.noise])) {
      try Configuration.detect(checkpoint: checkpoint, overrides: size)
    }
  }

  /// The released networks of a data set count the unknown class and have 64 channels of noise or none.
  @Test(arguments: [nil, 64]) func noiseBesideAPreset(noiseCount: Int?) throws {
    var network = Self.oasis
    (network.classCount, network.styleCount, network.width, network.height) = (151, noiseCount, 256, 256)
    let checkpoint = try Checkpoint(tensors: Self.tensors(network))
    #expect(try Configuration.detect(checkpoint: checkpoint, preset: .ade20k) == network)
    #expect(
      throws: ConfigurationError.inputMismatch(
        checkpoint: 151 + (noiseCount ?? 0), classCount: 183, preset: .coco, hasUnknownClass: false,
        hasEdges: false, noiseCount: 64)
    ) { try Configuration.detect(checkpoint: checkpoint, preset: .coco) }
    let options = try Options(text: "semantic_nc: 16\n")
    #expect(
      throws: ConfigurationError.presetMismatch(.ade20k, says: .classCount(151), options: .classCount(16))
    ) { try Configuration.detect(checkpoint: checkpoint, options: options, preset: .ade20k) }
  }

  /// As a model file says it, where nothing else does.
  @Test func noiseThatAnOverrideTells() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.oasis))
    let answers = Configuration.Overrides(width: 64, height: 64, noiseCount: 7)
    #expect(try Configuration.detect(checkpoint: checkpoint, overrides: answers) == Self.oasis)
  }

  @Test func classesAndNoiseMakeTheInput() throws {
    let checkpoint = try Checkpoint(tensors: Self.tensors(Self.oasis))
    let options = try Options(text: "semantic_nc: 6\nno_3dnoise: False\nz_dim: 7\ncrop_size: 64\n")
    #expect(
      throws: ConfigurationError.inputMismatch(
        checkpoint: 12, classCount: 6, hasUnknownClass: false, hasEdges: false, noiseCount: 7)
    ) { try Configuration.detect(checkpoint: checkpoint, options: options) }
  }

  /// The checkpoint has the noise's channels before those of the labels.
  @Test func noiseChannelsComeFirst() throws {
    let tensors = Self.tensors(Self.oasis)
    let generator = try Generator(
      checkpoint: try Checkpoint(tensors: tensors), configuration: Self.oasis)
    let weight = try #require(tensors.first { $0.name == "fc.weight" }).values
    let style = try #require(generator.firstStyle)
    #expect([Float](style.weight[..<63]) == [Float](weight[..<63]))
    #expect([Float](generator.first.weight[..<45]) == [Float](weight[63..<108]))
    #expect([Float](style.weight[63..<126]) == [Float](weight[108..<171]))
  }

  @Test(arguments: [
    ("head_0.norm_0.dist_conv_w", UnreadRelative.cladeWithPositions), ("Zencoder.model.1.weight", .sean),
    ("head_0.ace_0.blending_gamma", .sean), ("model.1.weight", .pix2pixHD),
    ("spade_generator.head_0.conv_block_0.layers.conv.weight", .imaginaire),
  ])
  func relativesThatAreNotReadAreNamed(tensor: String, relative: UnreadRelative) throws {
    let checkpoint = try Checkpoint(tensors: [(tensor, [1], [0])])
    #expect(throws: ConfigurationError.unreadRelative(relative)) {
      try Configuration.detect(checkpoint: checkpoint)
    }
  }
}
