import Glibc
import SpadeInput

/// Generators with random weights in the official layout, for tests and measurements.
public enum RandomCheckpoint {
  public typealias Tensor = (name: String, shape: [Int], values: [Float])

  /// A state dict whose activations keep a trained network's range: every class has weights of its own, hidden channels have
  /// a variance of about 1 before the relu, γ a standard deviation of about 0.35, β of 0.5, the picture before tanh of 0.7,
  /// convolutions about preserve variance. The running statistics are drawn around what that makes; `fit` finds the right ones.
  /// The same configuration and seed give the same tensors.
  ///
  /// Batch norm's counters are left out.
  public static func generator(configuration: GeneratorConfiguration, seed: UInt64) -> [Tensor] {
    var writer = RandomTensors(configuration: configuration, seed: seed)
    writer.writeGenerator()
    return writer.tensors
  }

  /// The state dict of a style encoder for `generator(configuration:seed:)`. Means have a standard deviation of about
  /// 0.7, log-variances of about 0.3.
  ///
  /// - Precondition: `configuration.styleCount` is not `nil`.
  public static func encoder(configuration: GeneratorConfiguration, seed: UInt64) -> [Tensor] {
    var writer = RandomTensors(configuration: configuration, seed: seed)
    writer.writeEncoder()
    return writer.tensors
  }
}

private struct RandomTensors {
  let configuration: GeneratorConfiguration
  var random: SplitMix64
  var tensors: [RandomCheckpoint.Tensor] = []

  /// Mean square of leaky relu's output for a symmetric input of unit mean square.
  private static let reluGain: Float = (1 + Generator.negativeSlope * Generator.negativeSlope) / 2
  /// Standard deviations of γ and β over the pixels, without their biases.
  private static let gammaDeviation: Float = 0.35
  private static let betaDeviation: Float = 0.5
  /// A bias's standard deviation as share of its layer's.
  private static let biasShare: Float = 0.2
  /// Mean square of a SPADE layer's output: `1 + 0.3²` for means, `1 + γ²`, and β².
  private static let modulatedSquare: Float =
    1.09 * (1 + gammaDeviation * gammaDeviation) + betaDeviation * betaDeviation

  init(configuration: GeneratorConfiguration, seed: UInt64) {
    self.configuration = configuration
    random = SplitMix64(seed: seed)
  }

  mutating func writeGenerator() {
    let firstCount = configuration.firstChannelCount
    if configuration.hasStyleLayer, let styleCount = configuration.styleCount {
      let rows = firstCount * configuration.firstGridWidth * configuration.firstGridHeight
      add("fc.weight", [rows, styleCount], deviation: 1 / Float(styleCount).squareRoot())
      add("fc.bias", [rows], deviation: Self.biasShare)
    } else {
      addLabelConvolution("fc", firstCount, kernelSize: 3)
    }
    var variance: Float = 1
    for block in configuration.blocks { variance = write(block, inputVariance: variance) }

    let last = configuration.lastChannelCount
    let square = Self.reluGain * variance * Float(9 * last)
    add("conv_img.weight", [3, last, 3, 3], deviation: 0.7 / square.squareRoot())
    add("conv_img.bias", [3], deviation: 0.7 * Self.biasShare)
  }

  mutating func writeEncoder() {
    var input = 3
    for (index, multiple) in [1, 2, 4, 8, 8, 8].enumerated() {
      let output = multiple * configuration.channelUnit
      writeBlockConvolution("layer\(index + 1).0", [output, input, 3, 3], hasBias: false)
      input = output
    }
    let styleCount = configuration.styleCount ?? 0
    for (name, deviation) in [("fc_mu", Float(1)), ("fc_var", 0.4)] {
      add(
        "\(name).weight", [styleCount, 16 * input], deviation: deviation / Float(16 * input).squareRoot())
      add("\(name).bias", [styleCount], deviation: 0.05)
    }
  }

  /// Returns the variance of the block's output.
  private mutating func write(_ block: BlockShape, inputVariance: Float) -> Float {
    let (input, middle, output) = (
      block.inputChannelCount, block.middleChannelCount, block.outputChannelCount
    )
    let branchVariance = Self.reluGain * Self.modulatedSquare
    // Class-adaptive layers append the borders to their channels.
    let appended = configuration.modulation == .classTable && configuration.hasEdges ? 1 : 0
    writeBlockConvolution("\(block.name).conv_0", [middle, input + appended, 3, 3], hasBias: true)
    writeBlockConvolution("\(block.name).conv_1", [output, middle + appended, 3, 3], hasBias: true)
    if block.hasLearnedShortcut {
      writeBlockConvolution("\(block.name).conv_s", [output, input + appended, 1, 1], hasBias: false)
    }
    writeSpadeLayer("\(block.name).norm_0", input, block, inputVariance: inputVariance)
    writeSpadeLayer("\(block.name).norm_1", middle, block, inputVariance: branchVariance)
    guard block.hasLearnedShortcut else { return inputVariance + branchVariance }
    writeSpadeLayer("\(block.name).norm_s", input, block, inputVariance: inputVariance)
    return Self.modulatedSquare + branchVariance
  }

  private mutating func writeSpadeLayer(
    _ name: String, _ channelCount: Int, _ block: BlockShape, inputVariance: Float
  ) {
    if configuration.normalization == .batch {
      let deviation = inputVariance.squareRoot()
      let norm = "\(name).\(configuration.statisticsName)"
      add("\(norm).running_mean", [channelCount], deviation: 0.3 * deviation)
      let variances = (0..<channelCount).map { _ in
        inputVariance * Float(exp(Double(0.25 * random.normal())))
      }
      tensors.append(("\(norm).running_var", [channelCount], variances))
    }
    switch configuration.modulation {
    case .dense: writeDense(name, channelCount, hidden: block.hiddenChannelCount)
    case .separable: writeSeparable(name, channelCount, hidden: block.hiddenChannelCount)
    case .classTable: writeClassTable(name, channelCount)
    }
  }

  private mutating func writeDense(_ name: String, _ channelCount: Int, hidden: Int) {
    let size = configuration.kernelSize
    let tapCount = Float(size * size)
    addLabelConvolution("\(name).mlp_shared.0", hidden, kernelSize: size)
    // Relu halves the unit mean square of the hidden channels.
    let scale = 1 / (tapCount * Float(hidden) * 0.5).squareRoot()
    for (part, deviation) in [("gamma", Self.gammaDeviation), ("beta", Self.betaDeviation)] {
      add("\(name).mlp_\(part).weight", [channelCount, hidden, size, size], deviation: deviation * scale)
      add("\(name).mlp_\(part).bias", [channelCount], deviation: deviation * Self.biasShare)
    }
  }

  private mutating func writeSeparable(_ name: String, _ channelCount: Int, hidden: Int) {
    let size = configuration.kernelSize
    addLabelConvolution("\(name).mlp_shared.0", hidden, kernelSize: size)
    let tapScale = 1 / (Float(size * size) * 0.5).squareRoot()
    for (part, deviation) in [("gamma", Self.gammaDeviation), ("beta", Self.betaDeviation)] {
      let prefix = "\(name).mlp_\(part).conv"
      add("\(prefix).0.weight", [hidden, 1, size, size], deviation: tapScale)
      add("\(prefix).0.bias", [hidden], deviation: Self.biasShare)
      add(
        "\(prefix).2.weight", [channelCount, hidden, 1, 1], deviation: deviation / Float(hidden).squareRoot())
      add("\(prefix).2.bias", [channelCount], deviation: deviation * Self.biasShare)
    }
  }

  private mutating func writeClassTable(_ name: String, _ channelCount: Int) {
    let shape = [configuration.labelCount, channelCount]
    let factors = normals(shape[0] * shape[1], deviation: Self.gammaDeviation).map { 1 + $0 }
    tensors.append(("\(name).class_specified_affine.weight", shape, factors))
    add("\(name).class_specified_affine.bias", shape, deviation: Self.betaDeviation)
    guard configuration.hasEdges else { return }
    add("\(name).inst_conv.weight", [1, 1, 1, 1], deviation: Self.betaDeviation)
    add("\(name).inst_conv.bias", [1], deviation: Self.betaDeviation * Self.biasShare)
  }

  /// A convolution of the labels whose outputs have a variance of about 1; of that a quarter is the style's, where it goes along
  /// with the labels.
  private mutating func addLabelConvolution(_ name: String, _ outputs: Int, kernelSize: Int) {
    let inputs = configuration.inputChannelCount
    let tapCount = kernelSize * kernelSize
    let deviation = 1 / Float(tapCount).squareRoot()
    let shape = [outputs, inputs, kernelSize, kernelSize]
    if configuration.styleJoinsLabels, let styleCount = configuration.styleCount {
      let styleDeviation = 0.5 * deviation / Float(styleCount).squareRoot()
      var weight: [Float] = []
      for _ in 0..<outputs {
        weight += normals(styleCount * tapCount, deviation: styleDeviation)
        weight += normals(inputs * tapCount, deviation: deviation)
      }
      tensors.append(("\(name).weight", [outputs, styleCount + inputs, kernelSize, kernelSize], weight))
    } else {
      add("\(name).weight", shape, deviation: deviation)
    }
    add("\(name).bias", [outputs], deviation: Self.biasShare)
  }

  /// Weights whose standard deviation is `1 / √inputs` once the spectral norm is divided out.
  private mutating func writeBlockConvolution(_ name: String, _ shape: [Int], hasBias: Bool) {
    let rowCount = shape[0]
    let columnCount = shape.dropFirst().reduce(1, *)
    if hasBias { add("\(name).bias", [rowCount], deviation: 0.05) }
    guard configuration.hasSpectralNorm else {
      return add("\(name).weight", shape, deviation: 1 / Float(columnCount).squareRoot())
    }
    let weight = normals(rowCount * columnCount, deviation: 0.05)
    let u = unit(normals(rowCount, deviation: 1))
    var product = [Float](repeating: 0, count: columnCount)
    for row in 0..<rowCount {
      let factor = u[row]
      let start = row * columnCount
      for column in 0..<columnCount { product[column] += factor * weight[start + column] }
    }
    // With v = Wᵀu / ‖Wᵀu‖ the norm u · (W v) is ‖Wᵀu‖, about 0.05 · √columns.
    tensors.append(("\(name).weight_orig", shape, weight))
    tensors.append(("\(name).weight_u", [rowCount], u))
    tensors.append(("\(name).weight_v", [columnCount], unit(product)))
  }

  private mutating func add(_ name: String, _ shape: [Int], deviation: Float) {
    tensors.append((name, shape, normals(shape.reduce(1, *), deviation: deviation)))
  }

  private mutating func normals(_ count: Int, deviation: Float) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { values, initialized in
      for index in 0..<count { values.initializeElement(at: index, to: deviation * random.normal()) }
      initialized = count
    }
  }

  private func unit(_ vector: [Float]) -> [Float] {
    let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    let scale = square > 0 ? Float(1 / square.squareRoot()) : 0
    return vector.map { $0 * scale }
  }
}
