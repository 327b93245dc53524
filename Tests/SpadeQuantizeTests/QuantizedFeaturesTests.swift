import SpadeModel
import Testing

@testable import SpadeQuantize

/// Depthwise weights in integers, and the columns that read features.
@Suite struct QuantizedFeaturesTests {
  /// Two hidden channels; γ's taps are the first 18 numbers, β's the last.
  private static func separable(_ taps: [Float]) -> SeparableModulation {
    func convolution(_ outputs: Int, _ inputs: Int, _ size: Int, _ weight: [Float], _ bias: [Float])
      -> Convolution
    {
      Convolution(
        name: "c", outputChannelCount: outputs, inputChannelCount: inputs, kernelSize: size, weight: weight,
        bias: bias)
    }
    func part(_ taps: ArraySlice<Float>, _ pointwise: [Float], _ bias: Float) -> SeparableConvolution {
      SeparableConvolution(
        depthwise: convolution(2, 1, 3, [Float](taps), [100, -100]),
        pointwise: convolution(1, 2, 1, pointwise, [bias]))
    }
    return SeparableModulation(
      shared: convolution(2, 1, 3, [Float](repeating: 1, count: 18), [0, 0]),
      gamma: part(taps[..<18], [0.5, -0.25], 0.25), beta: part(taps[18...], [2, 3], -1))
  }

  /// Taps of which one is much larger than the others, all alike, on ties, tiny, and none.
  static let taps: [[Float]] = [
    [100, 1, 1, 1, 1, 1, 1, 1, 1], [Float](repeating: -0.37, count: 9), [1, -1, 1, -1, 1, -1, 1, -1, 0.5],
    [1e-30, 0, 0, 2e-30, 0, 0, 0, 0, -3e-30],
  ]

  @Test(arguments: taps) func weightsUseTheirSum(taps: [Float]) throws {
    let features = try QuantizedFeatures(
      Self.separable(taps + [Float](repeating: 0, count: 9) + taps.reversed() + taps),
      hiddenUnit: [0.5, 0.25])
    #expect(features.weights.count == 9 * 32 && features.unit.count == 32)
    // Features of γ are 0 and 1, of β 16 and 17; the others are padding.
    for (feature, unit, wanted) in [(0, Float(0.5), taps), (16, 0.5, taps.reversed()), (17, 0.25, taps)] {
      let weights = (0..<9).map { features.weights[$0 * 32 + feature] }
      let sum = weights.reduce(0) { $0 + abs(Int($1)) }
      #expect(sum <= ModelFormat.depthwiseWeightSum && sum > ModelFormat.depthwiseWeightSum - 15)
      let weightUnit = features.unit[feature] / (unit * 32)
      for (weight, tap) in zip(weights, wanted) {
        #expect(abs(Float(weight) * weightUnit - tap) <= 0.501 * weightUnit)
      }
    }
    for feature in [1, 2, 15, 18, 31] {
      #expect(features.unit[feature] == 0 && (0..<9).allSatisfy { features.weights[$0 * 32 + feature] == 0 })
    }
  }

  /// One pixel of 64 × 32 that is not like the others is normalised to the most there is.
  @Test func loneFeatureIsTheLastCode() {
    let (count, value) = (2048.0, 5.0)
    let mean = value / count
    let deviation = (value * value / count - mean * mean).squareRoot()
    let code = (value - mean) / deviation / Double(QuantizedFeatures.codeUnit(pixelCount: 2048))
    #expect(code <= ModelFormat.featureCode && code > ModelFormat.featureCode - 10)
  }

  @Test func weightsMayBeTooLarge() {
    for taps in [[Float](repeating: 3e38, count: 36), [Float](repeating: 1e30, count: 36)] {
      #expect(throws: ValueTooLarge.self) {
        try QuantizedFeatures(Self.separable(taps), hiddenUnit: [1, 1])
      }
    }
  }

  /// A = (1 + γ) / deviation and B = β − mean · A, over features of γ and then of β.
  @Test func columnsReadBothHalves() {
    let layer = SpadeLayer(
      name: "n", modulation: .separable(Self.separable([Float](repeating: 1, count: 36))),
      statistics: SpadeLayer.BatchStatistics(mean: [3], variance: [4 - SpadeLayer.epsilon]))
    guard case .separable(let separable) = layer.modulation else { return }
    let real = RealProduct(affine: layer, separable, featureCount: 32, codeUnit: 1, inputs: nil)
    #expect(real.columnCount == 2 && real.channelCount == 32 && real.kernelSize == 1)
    func column(_ index: Int) -> [Float] { [0, 1, 16, 17].map { real.weight[index * 32 + $0] } }
    #expect(column(0) == [0.25, -0.125, 0, 0] && column(1) == [-0.75, 0.375, 2, 3])
    #expect(real.bias == [0.625, -2.875])
    #expect(real.weight.count { $0 != 0 } == 6)
  }

  @Test func eachHalfHasItsPadding() {
    let tensor = Tensor(channelCount: 4, height: 1, width: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    let padded = tensor.withPaddedFeatures()
    #expect(padded.channelCount == 32)
    #expect(padded.values[..<4] == [1, 2, 3, 4] && padded.values[32..<36] == [5, 6, 7, 8])
    #expect(padded.values.count { $0 != 0 } == 8)
  }
}
