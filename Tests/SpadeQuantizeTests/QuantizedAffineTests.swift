import Testing

@testable import SpadeQuantize

/// γ and β of one channel over one hidden channel, by hand.
@Suite struct QuantizedAffineTests {
  /// γ = hidden and β = 3 · hidden + 1. With mean 2 and deviation 2: A = 0.5 + 0.5 · hidden, and B = β − 2 · A = 2 · hidden.
  private func layer(statistics: Bool = true) -> SpadeLayer {
    func convolution(_ weight: Float, _ bias: Float) -> Convolution {
      Convolution(
        name: "n", outputChannelCount: 1, inputChannelCount: 1, kernelSize: 1, weight: [weight], bias: [bias])
    }
    return SpadeLayer(
      name: "n", shared: convolution(1, 0), gamma: convolution(1, 0), beta: convolution(3, 1),
      statistics: statistics ? .init(mean: [2], variance: [4 - SpadeLayer.epsilon]) : nil)
  }

  @Test func statisticsFoldIntoTheWeights() {
    let real = RealProduct(affine: layer(), layer().dense, hiddenUnit: [0x1p-5], inputs: nil)
    #expect(real.weight == [0.5, 2])
    #expect(real.bias == [0.5, 0])
    #expect(real.inputScale == [1] && real.inputZero == [-128])
    let plain = RealProduct(
      affine: layer(statistics: false), layer().dense, hiddenUnit: [0x1p-5], inputs: nil)
    #expect(plain.weight == [1, 3])
    #expect(plain.bias == [1, 1])
  }

  /// A hidden unit of 1/32000 makes the code −128 + 100 stand for a hidden activation of 0.1.
  private func affine(inputScale: Float = 0.001, factor: [Float]? = [8], term: [Float]? = [4]) throws
    -> QuantizedAffine
  {
    try QuantizedAffine(
      layer(), layer().dense, hiddenUnit: [3.125e-5], inputScale: inputScale, largestFactor: factor,
      largestTerm: term,
      inputs: nil)
  }

  private func accumulator(_ affine: QuantizedAffine, column: Int, code: Int) -> Float {
    affine.product.panels.withUnsafeBytes {
      let bias = $0.loadUnaligned(fromByteOffset: 4 * column, as: Int32.self)
      let weight = Int8(bitPattern: $0[128 + 4 * column])
      return Float(Int(bias) + Int(weight) * code)
    }
  }

  @Test func accumulatorsAreAAndB() throws {
    let affine = try affine()
    let a = accumulator(affine, column: 0, code: 100 - 128) * affine.product.unit[0]
    let b = accumulator(affine, column: 1, code: 100 - 128) * affine.product.unit[1]
    #expect(abs(a - 0.55) < 1e-4)
    #expect(abs(b - 0.2) < 1e-4)
  }

  /// Int16 codes reach twice the largest A, so a code of it is worth 8 / 16383.5. A code of B has to be worth 500 times
  /// 0.001 of that, and gets a quarter more.
  @Test func scalesByHand() throws {
    let affine = try affine()
    #expect(abs(affine.factorScale[0] * 16383.5 / 8 - 1) < 1e-5)
    #expect((625...626).contains(affine.biasFactor))
    let a = affine.product.unit[0] / affine.factorScale[0]
    let b = affine.product.unit[1] / (affine.factorScale[0] * 0.001 * Float(affine.biasFactor))
    #expect(abs(affine.columnScale[0] / a - 1) < 1e-5)
    #expect(abs(affine.columnScale[1] / b - 1) < 1e-5)
    #expect(affine.columnScale.count == 32 && affine.columnScale[2...].allSatisfy { $0 == 0 })
  }

  /// One code of x is worth so much that B fits without help.
  @Test func aBiasFactorOfOneAtLeast() throws {
    #expect(try affine(inputScale: 1).biasFactor == 1)
  }

  /// B outgrows int16 beside A even with the largest factor: A gives up precision.
  @Test func precisionOfAGivesWayToB() throws {
    let affine = try affine(factor: [1e-3], term: [1e6])
    #expect(affine.biasFactor == 32767)
    #expect(abs(affine.factorScale[0] * 16383.5 * 0.001 * 32767 / 1e6 - 1) < 1e-4)
  }

  @Test func aAndBWithoutAScaleAreRefused() {
    #expect(throws: ValueTooLarge.self) { try affine(factor: [3e38]) }
    #expect(throws: ValueTooLarge.self) { try affine(term: [.infinity]) }
  }
}
