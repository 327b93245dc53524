import SpadeInput
import Testing

@testable import SpadeQuantize

/// Finite values near the end of float32 give a network or an error that names the tensor, never a trap.
@Suite struct ExtremeValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var tensor: String
    var value: Float
    var hasInstanceNorm: Bool
    var testDescription: String { "\(tensor) = \(value), \(hasInstanceNorm ? "instance" : "batch") norm" }
  }

  static let tensors: [(String, @Sendable (inout Generator, Float) -> Void)] = [
    ("fc.weight", { $0.first.weight[0] = $1 }),
    ("fc.bias", { $0.first.bias[1] = $1 }),
    ("head_0.norm_0.mlp_shared.0.weight", { $0.blocks[0].norm0.shared.weight[3] = $1 }),
    ("head_0.norm_0.mlp_shared.0.bias", { $0.blocks[0].norm0.shared.bias[2] = $1 }),
    ("head_0.norm_0.mlp_gamma.weight", { $0.blocks[0].norm0.gamma.weight[5] = $1 }),
    ("head_0.norm_0.mlp_gamma.bias", { $0.blocks[0].norm0.gamma.bias[5] = $1 }),
    ("head_0.norm_1.mlp_beta.weight", { $0.blocks[0].norm1.beta.weight[5] = $1 }),
    ("head_0.norm_1.mlp_beta.bias", { $0.blocks[0].norm1.beta.bias[5] = $1 }),
    ("head_0.conv_0.weight", { $0.blocks[0].conv0.weight[9] = $1 }),
    ("head_0.conv_0.bias", { $0.blocks[0].conv0.bias[0] = $1 }),
    ("up_0.conv_1.weight", { $0.blocks[3].conv1.weight[9] = $1 }),
    ("up_0.conv_1.bias", { $0.blocks[3].conv1.bias[0] = $1 }),
    ("up_0.conv_s.weight", { $0.blocks[3].shortcut?.conv.weight[1] = $1 }),
    ("conv_img.weight", { $0.picture.weight[0] = $1 }),
    ("conv_img.bias", { $0.picture.bias[2] = $1 }),
    (
      "up_0.norm_0.param_free_norm.running_mean", { $0.blocks[3].norm0.statistics?.mean[0] = $1 }
    ),
    (
      "up_0.norm_0.param_free_norm.running_var", { $0.blocks[3].norm0.statistics?.variance[0] = abs($1) }
    ),
  ]

  static let cases: [Case] = tensors.flatMap { tensor, _ in
    ([3e38, -3e38, 1e25, 1e12] as [Float]).flatMap { value in
      [false, true].map { Case(tensor: tensor, value: value, hasInstanceNorm: $0) }
    }
  }

  private func quantize(_ test: Case) throws {
    var random = SplitMix64(seed: 3)
    var generator = random.generator(
      GeneratorConfiguration(
        classCount: 3, hasUnknownClass: false, hasEdges: false, channelUnit: 1, hiddenChannelCount: 4,
        kernelSize: 1, normalization: test.hasInstanceNorm ? .instance : .batch, width: 32, height: 32))
    for index in generator.blocks.indices { rename(&generator.blocks[index]) }
    let change = try #require(Self.tensors.first { $0.0 == test.tensor })
    change.1(&generator, test.value)
    let map = random.labels(32, 32, labelCount: 3, hasEdges: false)
    _ = try NetworkQuantizer.quantize(
      generator, ranges: Ranges(generator: generator, maps: [map], styles: []))
  }

  /// Names as checkpoints have them.
  private func rename(_ block: inout Block) {
    func rename(_ layer: inout SpadeLayer) {
      layer.shared.name = layer.name + ".mlp_shared.0"
      layer.gamma.name = layer.name + ".mlp_gamma"
      layer.beta.name = layer.name + ".mlp_beta"
    }
    rename(&block.norm0)
    rename(&block.norm1)
    if var shortcut = block.shortcut {
      rename(&shortcut.norm)
      block.shortcut = shortcut
    }
  }

  @Test(arguments: cases) func nothingTraps(_ test: Case) throws {
    do {
      try quantize(test)
    } catch QuantizationError.valuesTooLarge(_, let largest) {
      #expect(largest.isFinite)
    }
  }

  @Test(arguments: [
    "fc.bias", "head_0.norm_0.mlp_shared.0.bias", "head_0.norm_0.mlp_gamma.weight", "head_0.conv_0.bias",
    "head_0.norm_1.mlp_beta.bias", "up_0.conv_s.weight",
  ]) func theTensorIsNamed(_ tensor: String) {
    #expect(throws: QuantizationError.valuesTooLarge(tensor: tensor, largest: 3e38)) {
      try quantize(Case(tensor: tensor, value: -3e38, hasInstanceNorm: false))
    }
  }
}
