import SpadeModel

/// The depthwise convolutions of a SPADE layer with separable ones, in integers.
///
/// A feature is Σ weight · hidden code over the taps: the instance norm behind it takes off what is the same everywhere, so the
/// convolution's bias, and divides by the deviation, so that a feature's unit matters only next to the 1e-5 inside the root.
struct QuantizedFeatures {
  /// `[taps][features]`: as many for γ as there are hidden channels, padded, then those of β.
  let weights: [Int16]
  /// `[features]`: real value of one unit.
  let unit: [Float]

  /// - Parameter hiddenUnit: Real value of one unit of the label table's sums, for each hidden channel; a hidden code is worth 32 of them.
  init(_ separable: SeparableModulation, hiddenUnit: [Float]) throws(ValueTooLarge) {
    let hiddenCount = hiddenUnit.count
    let padded = Self.paddedCount(hiddenCount)
    let kernels = [separable.gamma.depthwise, separable.beta.depthwise]
    let tapCount = kernels[0].kernelSize * kernels[0].kernelSize
    var weights = [Int16](repeating: 0, count: tapCount * 2 * padded)
    var unit = [Float](repeating: 0, count: 2 * padded)
    // Rounding adds half a unit for each tap at most.
    let limit = Float(ModelFormat.depthwiseWeightSum - (tapCount + 1) / 2)
    for (part, kernel) in kernels.enumerated() {
      for channel in 0..<hiddenCount {
        let taps = kernel.weight[channel * tapCount..<(channel + 1) * tapCount]
        let weightUnit = try ValueTooLarge.check(taps.reduce(0) { $0 + abs($1) } / limit)
        guard weightUnit >= Float.leastNormalMagnitude else { continue }
        let feature = part * padded + channel
        unit[feature] = try ValueTooLarge.check(weightUnit * hiddenUnit[channel] * 32)
        for (tap, weight) in taps.enumerated() {
          weights[tap * 2 * padded + feature] = Int16((weight / weightUnit).rounded(.toNearestOrEven))
        }
      }
    }
    self.weights = weights
    self.unit = unit
  }

  /// Features of γ, and as many of β.
  static func paddedCount(_ hiddenCount: Int) -> Int {
    ModelFormat.padded(hiddenCount, to: ModelFormat.channelBlock)
  }

  /// Real value of a normalised feature's code, on a map of so many pixels.
  static func codeUnit(pixelCount: Int) -> Float {
    Float(1 / ModelFormat.featureScale(pixelCount: pixelCount))
  }
}

extension QuantizedNetwork {
  /// Writes them as a `FeatureLayout` has them.
  mutating func append(_ features: QuantizedFeatures) -> WeightPlace {
    weights.append(
      features.weights.withUnsafeBytes { [UInt8]($0) } + features.unit.withUnsafeBytes { [UInt8]($0) })
  }
}

extension RealProduct {
  /// Columns A₀, B₀, A₁, B₁, … over codes of the normalised features.
  /// - Parameters:
  ///   - featureCount: Of γ and β together, padded.
  ///   - codeUnit: Real value of a code.
  init(
    affine layer: SpadeLayer, _ separable: SeparableModulation, featureCount: Int, codeUnit: Float,
    inputs: InputMoments?
  ) {
    let fold = AffineFold(layer)
    let (gamma, beta) = (separable.gamma.pointwise, separable.beta.pointwise)
    let (count, hiddenCount) = (layer.channelCount, gamma.inputChannelCount)
    var weight = [Float](repeating: 0, count: 2 * count * featureCount)
    var bias = [Float](repeating: 0, count: 2 * count)
    for channel in 0..<count {
      let scale = fold.inverseDeviation[channel]
      let shift = fold.mean[channel] * scale
      let (a, b) = (2 * channel * featureCount, (2 * channel + 1) * featureCount)
      for hidden in 0..<hiddenCount {
        let factor = gamma.weight[channel * hiddenCount + hidden]
        weight[a + hidden] = factor * scale
        weight[b + hidden] = -factor * shift
        weight[b + featureCount / 2 + hidden] = beta.weight[channel * hiddenCount + hidden]
      }
      let one = 1 + gamma.bias[channel]
      bias[2 * channel] = one * scale
      bias[2 * channel + 1] = beta.bias[channel] - one * shift
    }
    self.init(
      columnCount: 2 * count, channelCount: featureCount, kernelSize: 1, weight: weight, bias: bias,
      inputScale: [Float](repeating: codeUnit, count: featureCount),
      inputZero: [Int](repeating: 0, count: featureCount), inputs: inputs)
  }
}

extension Tensor {
  /// Features of γ, then those of β, each with channels of zeros behind it.
  /// - Returns: As the product of a model file has them.
  func withPaddedFeatures() -> Tensor {
    let hiddenCount = channelCount / 2
    let padding = QuantizedFeatures.paddedCount(hiddenCount) - hiddenCount
    guard padding > 0 else { return self }
    let zeros = [Float](repeating: 0, count: padding * planeCount)
    let half = hiddenCount * planeCount
    var padded = Array(values[..<half])
    padded += zeros
    padded += values[half...]
    padded += zeros
    return Tensor(
      channelCount: 2 * (hiddenCount + padding), height: height, width: width, values: padded)
  }
}
