@testable import SpadeQuantize

/// Two blocks of one SPADE layer and one 3×3 convolution each, made by hand: 4×4 pixels, then 8×8 pixels and the picture.
///
/// ```
/// stage      reads                 makes
/// 0 first    labels or style       0 first    4×4
/// 1 norm_a   0                     1 codes_a  4×4
/// 2 conv_a   1 (3×3), adds 0       2 a        4×4
/// 3 norm_b   2 at half resolution  3 codes_b  8×8
/// 4 conv_b   3 (3×3), adds 2       4 b        8×8
/// 5 relu     4                     5 codes    8×8
/// 6 picture  5 (3×3)               the picture
/// ```
enum HandNetwork {
  static func network(readsStyle: Bool = false) -> QuantizedNetwork {
    var network = QuantizedNetwork(
      configuration: GeneratorConfiguration(
        classCount: 2, hasUnknownClass: false, hasEdges: false, channelUnit: 1, hiddenChannelCount: 16,
        width: 8, height: 8, styleCount: readsStyle ? 4 : nil))
    let place = WeightPlace(blockCount: 0)
    let table = network.tables.append(StoredTable(rows: place, bias: place, channels: 16, kernelSize: 3))
    func product(_ name: String, kernelSize: Int, panelCount: Int = 1) -> StoredProduct {
      StoredProduct(
        name: name, panels: place, scale: place, panelCount: panelCount, kernelSize: kernelSize, depth: 16,
        usedDepth: 16, usedColumns: 16)
    }
    func norm(_ name: String, _ source: StoredNorm.Source) -> StoredNorm {
      StoredNorm(
        name: name, source: source, channels: 16, scale: place, zeroPoint: place, biasFactor: 1, slope: 0.2)
    }

    let first = tensor("first", .wide(scale: 1), 4, in: &network)
    let operation: StageOperation =
      readsStyle
      ? .styleFirst(
        network.products.append(product("first", kernelSize: 1, panelCount: 16)), output: first)
      : .labelFirst(table, output: first)
    stage("first", 0, operation, in: &network)

    var input = first
    for (index, side) in [4, 8].enumerated() {
      let name = ["a", "b"][index]
      let level = network.levels.append(Level(width: side, height: side, shift: 1 - index))
      let affine = network.products.append(product("norm_\(name)", kernelSize: 3, panelCount: 2))
      let spade = network.norms.append(
        norm("norm_\(name)", .windows(StoredNorm.Windows(level: level, hidden: table, affine: affine))))
      let codes = tensor("codes_\(name)", .codes, side, in: &network)
      stage(
        "norm_\(name)", index,
        .modulate(.init(norm: spade, input: input, shift: index, output: codes)), in: &network)
      let output = tensor(name, .wide(scale: 0.5), side, in: &network)
      let convolution = network.products.append(product("conv_\(name)", kernelSize: 3))
      let residual = StageOperation.Residual(tensor: input, shift: index, scale: 2)
      stage(
        "conv_\(name)", index,
        .convolve(.init(product: convolution, input: codes, output: output, residual: residual)),
        in: &network)
      input = output
    }

    let relu = network.norms.append(norm("relu", .constant(place)))
    let codes = tensor("codes", .codes, 8, in: &network)
    stage(
      "relu", 2, .modulate(.init(norm: relu, input: input, shift: 0, output: codes)), in: &network)
    let picture = network.products.append(product("picture", kernelSize: 3))
    stage("picture", 2, .picture(picture, input: codes), in: &network)
    return network
  }

  /// 6 inner and 10 outer windows at 4×4 pixels, 30 and 50 at 8×8; `share` of them.
  static func windows(_ network: QuantizedNetwork, share: [Double] = [1, 1]) -> Indexed<Level, WindowCapacity>
  {
    Indexed(
      [(6, 10), (30, 50)].enumerated().map { index, count in
        WindowCapacity(
          inner: Int(share[index] * Double(count.0)), outer: Int(share[index] * Double(count.1)))
      })
  }

  private static func tensor(
    _ name: String, _ encoding: ActivationTensor.Encoding, _ side: Int, in network: inout QuantizedNetwork
  ) -> ActivationTensor.Index {
    network.appendTensor(name, encoding, width: side, height: side, channelCount: 16)
  }

  private static func stage(
    _ name: String, _ block: Int, _ operation: StageOperation, in network: inout QuantizedNetwork
  ) {
    let side = (operation.output ?? operation.input).map { network.tensors[$0].width } ?? 0
    network.stages.append(
      Stage(
        name: name, block: "block \(block)", blockIndex: block, operation: operation, width: side,
        height: side))
  }
}
