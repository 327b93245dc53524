import SpadeModel
import Testing

@testable import SpadeQuantize

/// What codes do to values, by hand.
@Suite struct ErrorSourceTests {
  /// Channel 0: steps of 0.5 from −50 to 77.5. Channel 1: steps of 1 from −255 to 0.
  private let codes = CodeScales(isFine: false, scale: [0.5, 1], zero: [-28, 127])

  private func tensor(_ values: [Float]) -> Tensor {
    Tensor(channelCount: 2, height: 1, width: values.count / 2, values: values)
  }

  @Test func valuesBeyondHalfACodeAreClipped() {
    // −50.2 and 77.7 still round to the last codes, as 0.4 and −255.4 do.
    let values = tensor([-50.2, -50.3, 77.7, 77.8, 0, 0.4, 0.6, -255.4, -300, 1000])
    #expect(codes.clippedCount(in: values) == 5)
    var clipped = ClippedValues(codes: ["up_0.norm_1": codes, "up_0.norm_s": codes, "conv_img": codes])
    clipped.add(.modulated("up_0.norm_s"), tensor([0, 0]))
    clipped.add(.modulated("up_0.norm_1"), values)
    clipped.add(.modulated("up_0.norm_1"), values)
    clipped.add(.modulated("conv_img"), tensor([0, 0]))
    clipped.add(.modulated("another"), values)
    clipped.add(.block("up_0"), values)
    #expect(clipped.layers.map(\.name) == ["up_0.norm_s", "up_0.norm_1", "conv_img"])
    #expect(clipped.layers.map(\.reader) == ["up_0.conv_s", "up_0", "conv_img"])
    #expect(clipped.layers.map(\.share) == [0, 0.5, 0])
    #expect(clipped.share == 10.0 / 24)
  }

  @Test func fineCodesReachFarther() {
    // From −326 + 300 to 325 + 300, in steps of 0.25.
    let fine = CodeScales(isFine: true, scale: [0.25, 1], zero: [-300, 0])
    #expect(fine.clippedCount(in: tensor([-6.6, -6.7, 156.3, 156.4, 0, 0, 0, 326])) == 3)
  }

  @Test func clippingAndRoundingAreTwoThings() {
    func applied(clips: Bool, rounds: Bool) -> [Float] {
      var values = tensor([-50.2, 0.3, 78, -0.4, 3, -255.4])
      codes.apply(to: &values, clips: clips, rounds: rounds)
      return values.values
    }
    #expect(applied(clips: true, rounds: false) == [-50, 0.3, 77.5, -0.4, 0, -255])
    #expect(applied(clips: false, rounds: true) == [-50, 0.5, 78, 0, 3, -255])
    #expect(applied(clips: true, rounds: true) == [-50, 0.5, 77.5, 0, 0, -255])
  }

  /// A unit of the table is worth 0.5: 15 units are no code yet, 16 are one of 32, and codes end at 255.
  @Test func hiddenActivationsHaveEightBits() {
    var hidden = Tensor(channelCount: 1, height: 1, width: 5, values: [7.5, 8, 23.5, 24, 5000])
    hidden.roundHidden(tableUnit: [0.5])
    #expect(hidden.values == [0, 16, 16, 32, 4080])
  }

  @Test func wideTensorsEndAt32767() {
    var wide = Tensor(channelCount: 1, height: 1, width: 5, values: [0.24, 0.75, 1.25, -0.26, 40000])
    wide.roundWide(scale: 0.5)
    #expect(wide.values == [0, 1, 1, -0.5, 16383.5])
  }

  /// Mean 2, deviation 2: γ = 0.3 is A = 0.65 and with β = 1 B = −0.3. In codes of 0.25 and 0.5 A is 0.75 and B −0.5. So γ is 0.5, and β
  /// −0.5 + 2 · 0.75 = 1.
  @Test func factorsAndTermsAreRoundedSideBySide() {
    let grid = AffineGrid(
      fold: AffineFold(
        SpadeLayer(
          name: "n", shared: Self.convolution, gamma: Self.convolution, beta: Self.convolution,
          statistics: .init(mean: [2], variance: [4 - SpadeLayer.epsilon]))),
      factorScale: [0.25], termScale: [0.5])
    let gamma = Tensor(channelCount: 1, height: 1, width: 1, values: [0.3])
    var roundedGamma = gamma
    var beta = Tensor(channelCount: 1, height: 1, width: 1, values: [1])
    grid.roundFactors(&roundedGamma)
    grid.roundTerms(&beta, gamma: gamma)
    #expect(abs(roundedGamma.values[0] - 0.5) < 1e-6)
    #expect(abs(beta.values[0] - 1) < 1e-6)
  }

  private static let convolution = Convolution(
    name: "n", outputChannelCount: 1, inputChannelCount: 1, kernelSize: 1, weight: [1], bias: [0])

  /// Units of 0.01 and 0.02 in two columns of a 1×1 product; the zero codes 3 and −2 come off the stored biases.
  @Test func storedWeightsAreReadBack() throws {
    let real = RealProduct(
      columnCount: 2, channelCount: 2, kernelSize: 1, weight: [1.27, -0.64, 0.5, 2.54], bias: [0.5, -1],
      inputScale: [1, 1], inputZero: [3, -2])
    var network = QuantizedNetwork(configuration: HandNetwork.network().configuration)
    let product = network.append(
      try QuantizedProduct(real), name: "n", kernelSize: 1, scale: [0.02, 0.04], usedDepth: 2, usedColumns: 2)
    let stored = StoredWeights(network.products[product], of: network, zero: [3, -2])
    #expect(stored.codes == [127, -64, 25, 127])
    #expect(stored.bias == [50, -50])
    #expect(stored.scale == [0.02, 0.04])
    #expect(stored.weights(unit: [1, 2], inputScale: [1, 4]) == [127, -16, 50, 63.5])
    #expect(stored.biases(unit: [1, 2]) == [50, -100])
  }

  @Test func aUnitIsFoundByComparingCodesWithValues() {
    var estimate = UnitEstimate()
    #expect(estimate.unit == nil)
    for code in -100...100 { estimate.add(0.25 * Float(code), code: code) }
    #expect(estimate.unit == 0.25)
    #expect(UnitEstimate.mean((1, 1), (4, 3)) == 3.25)
    #expect(UnitEstimate.mean((nil, 1), (4, 3)) == 4 && UnitEstimate.mean((1, 1), (nil, 0)) == 1)
    #expect(UnitEstimate.mean((nil, 0), (nil, 0)) == nil)
  }
}
