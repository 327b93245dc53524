import Foundation
import Testing

@testable import SpadeQuantize

@Suite struct CheckpointNetworkTests {
  typealias Change = @Sendable (inout [RandomCheckpoint.Tensor]) -> Void

  private static func set(_ name: String, _ index: Int, _ value: Float) -> Change {
    { tensors in
      for position in tensors.indices where tensors[position].name == name {
        tensors[position].values[index] = value
      }
    }
  }

  static let damages: [(CheckpointError, Change)] = [
    (.missingTensor(name: "up_2.norm_s.mlp_beta.bias"), { $0.replace("up_2.norm_s.mlp_beta.bias", nil) }),
    (.missingTensor(name: "up_1.conv_1.weight_u"), { $0.replace("up_1.conv_1.weight_u", nil) }),
    (.extraTensor(name: "up_3.conv_s.bias"), { $0.replace("up_3.conv_s.bias", [1]) }),
    (.extraTensor(name: "fc.weight_orig"), { $0.replace("fc.weight_orig", [1]) }),
    (
      .extraTensor(name: "up_3.norm_0.param_free_norm.num_batches_tracked"),
      { $0.replace("up_3.norm_0.param_free_norm.num_batches_tracked", []) }
    ),
    (
      .wrongShape(tensor: "conv_img.weight", found: [3, 1, 3, 2], wanted: [3, 1, 3, 3]),
      { $0.replace("conv_img.weight", [3, 1, 3, 2]) }
    ),
    (.notFinite(tensor: "up_0.conv_0.bias", index: 2), set("up_0.conv_0.bias", 2, .nan)),
    (.notFinite(tensor: "fc.weight", index: 7), set("fc.weight", 7, -.infinity)),
    (
      .negativeVariance(tensor: "head_0.norm_1.param_free_norm.running_var", index: 1, found: -0.5),
      set("head_0.norm_1.param_free_norm.running_var", 1, -0.5)
    ),
    (
      .spectralNorm(tensor: "head_0.conv_0.weight_orig", found: 0),
      { $0.replace("head_0.conv_0.weight_u", [16]) }
    ),
  ]

  @Test(arguments: damages) func damagedGenerator(error: CheckpointError, change: Change) throws {
    let checkpoint = try randomCheckpoint(tinyConfiguration(), change: change)
    #expect(throws: error) {
      try Generator(checkpoint: checkpoint, configuration: tinyConfiguration())
    }
  }

  @Test func batchCountersAreIgnored() throws {
    var tensors = RandomCheckpoint.generator(configuration: tinyConfiguration(), seed: 1).map { tensor in
      TensorRecipe(
        name: tensor.name, storage: StorageRecipe(tensor.name, tensor.values), shape: tensor.shape,
        strides: StoredTensor.contiguousStrides(tensor.shape))
    }
    var counter = smallTensors()[2]
    counter.name = "up_0.norm_0.param_free_norm.num_batches_tracked"
    tensors.append(counter)
    let checkpoint = try Checkpoint(LegacyRecipe(tensors).bytes)
    #expect(checkpoint[counter.name]?.elementType == .int64)
    _ = try Generator(checkpoint: checkpoint, configuration: tinyConfiguration())
  }

  @Test func veryOldFilesKeepRawWeightsBesideDividedOnes() throws {
    var configuration = tinyConfiguration()
    configuration.hasSpectralNorm = false
    let checkpoint = try randomCheckpoint(configuration) {
      $0.replace("up_0.conv_s.weight_orig", [8, 16, 1, 1])
      $0.replace("up_0.conv_s.weight_u", [8])
    }
    let generator = try Generator(checkpoint: checkpoint, configuration: configuration)
    #expect(try generator.blocks[3].shortcut?.conv.weight == checkpoint.floats("up_0.conv_s.weight"))
  }

  @Test func spectralNormIsDividedOut() throws {
    // σ = 1 · (3 · 0.6 + 4 · 0.8) = 5.
    let checkpoint = try randomCheckpoint(tinyConfiguration()) { tensors in
      for index in tensors.indices where tensors[index].name.hasPrefix("up_3.conv_s.") {
        switch tensors[index].name {
        case "up_3.conv_s.weight_orig": tensors[index].values = [3, 4]
        case "up_3.conv_s.weight_u": tensors[index].values = [1]
        default: tensors[index].values = [0.6, 0.8]
        }
      }
    }
    let generator = try Generator(checkpoint: checkpoint, configuration: tinyConfiguration())
    let weight = try #require(generator.blocks.last?.shortcut?.conv.weight)
    #expect(abs(weight[0] - 0.6) < 1e-6 && abs(weight[1] - 0.8) < 1e-6)
  }

  @Test func randomWeightsHaveTheirPromisedSpread() throws {
    var configuration = tinyConfiguration()
    configuration.channelUnit = 8
    configuration.kernelSize = 3
    let tensors = RandomCheckpoint.generator(configuration: configuration, seed: 5)
    let again = RandomCheckpoint.generator(configuration: configuration, seed: 5)
    let other = RandomCheckpoint.generator(configuration: configuration, seed: 6)
    #expect(tensors.map(\.name) == again.map(\.name))
    #expect(tensors.map(\.values) == again.map(\.values))
    #expect(tensors.map(\.values) != other.map(\.values))

    let generator = try Generator(
      checkpoint: try randomCheckpoint(configuration), configuration: configuration)
    for block in generator.blocks {
      for convolution in [block.conv0, block.conv1] {
        let square = convolution.weight.reduce(0) { $0 + $1 * $1 } / Float(convolution.weight.count)
        let gain = square * Float(9 * convolution.inputChannelCount)
        #expect((0.7...1.4).contains(gain), "\(convolution.name) \(gain)")
      }
      let variance = try #require(block.norm0.statistics?.variance)
      #expect(variance.allSatisfy { $0 > 0.1 && $0 < 12 })
    }
  }

  static func encoder(unit: Int, styleCount: Int) -> [RandomCheckpoint.Tensor] {
    var tensors: [RandomCheckpoint.Tensor] = []
    func add(_ name: String, _ shape: [Int]) {
      tensors.append((name, shape, (0..<shape.reduce(1, *)).map { Float($0 % 7) + 1 }))
    }
    var input = 3
    for (index, multiple) in [1, 2, 4, 8, 8, 8].enumerated() {
      add("layer\(index + 1).0.weight_orig", [multiple * unit, input, 3, 3])
      add("layer\(index + 1).0.weight_u", [multiple * unit])
      add("layer\(index + 1).0.weight_v", [input * 9])
      input = multiple * unit
    }
    for name in ["fc_mu", "fc_var"] {
      add("\(name).weight", [styleCount, input * 16])
      add("\(name).bias", [styleCount])
    }
    return tensors
  }

  private func encoderCheckpoint(_ change: Change) throws -> Checkpoint {
    var tensors = Self.encoder(unit: 1, styleCount: 5)
    change(&tensors)
    let folder = try TemporaryFolder()
    try Safetensors.write(tensors: tensors, to: "\(folder.path)/x")
    return try Checkpoint(contentsOf: "\(folder.path)/x")
  }

  @Test func styleEncoder() throws {
    let encoder = try StyleEncoder(checkpoint: encoderCheckpoint { _ in })
    #expect(encoder.layers.map(\.outputChannelCount) == [1, 2, 4, 8, 8, 8])
    #expect(encoder.layers.map(\.name).last == "layer6.0")
    #expect(encoder.mean.inputChannelCount == 128 && encoder.logVariance.outputChannelCount == 5)
  }

  static let encoderDamages: [(CheckpointError, Change)] = [
    (.missingTensor(name: "layer1.0.weight"), { $0.replace("layer1.0.weight_orig", nil) }),
    (.missingTensor(name: "fc_mu.weight"), { $0.replace("fc_mu.weight", nil) }),
    (.extraTensor(name: "layer7.0.weight"), { $0.replace("layer7.0.weight", [1]) }),
    (
      .wrongShape(tensor: "layer1.0.weight_orig", found: [0, 3, 3, 3], wanted: [1, 3, 3, 3]),
      { $0.replace("layer1.0.weight_orig", [0, 3, 3, 3]) }
    ),
    (
      .wrongShape(tensor: "fc_var.weight", found: [4, 128], wanted: [5, 128]),
      { $0.replace("fc_var.weight", [4, 128]) }
    ),
  ]

  @Test(arguments: encoderDamages) func damagedEncoder(error: CheckpointError, change: Change) throws {
    let checkpoint = try encoderCheckpoint(change)
    #expect(throws: error) { try StyleEncoder(checkpoint: checkpoint) }
  }
}
