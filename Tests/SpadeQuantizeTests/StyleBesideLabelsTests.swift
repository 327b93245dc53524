import SpadeInput
import SpadeModel
import Testing

@testable import SpadeQuantize

/// What quantising knows of a style that goes along with the labels.
@Suite struct StyleBesideLabelsTests {
  init() throws { try OpenBLAS.load() }

  /// One output, two values of a style, 3×3 taps: 1 … 9 and 0 but for the middle, which is 2.
  private var style: Convolution {
    Convolution(
      name: "s", outputChannelCount: 1, inputChannelCount: 2, kernelSize: 3,
      weight: [1, 2, 3, 4, 5, 6, 7, 8, -30] + [0, 0, 0, 0, 2, 0, 0, 0, 0], bias: [0])
  }

  private func labels(bias: Float, weight: Float = 0.01) -> Convolution {
    Convolution(
      name: "s", outputChannelCount: 1, inputChannelCount: 1, kernelSize: 3,
      weight: [Float](repeating: weight, count: 9), bias: [bias])
  }

  @Test func deviationsAreThoseOfTheBorderThatLeavesMost() throws {
    let convolution = LabelConvolution(labels: labels(bias: 0), style: style)
    let deviations = try #require(convolution.styleDeviations)
    // At the right border 1, 2, 4, 5, 7 and 8 are inside: 27, where all nine taps make 6; and the 2.
    #expect(deviations == [Float(27 * 27 + 2 * 2).squareRoot()])
    #expect(LabelConvolution(labels: labels(bias: 0)).styleDeviations == nil)
  }

  /// Against sums over the pixels of a grid, one value at each.
  @Test(arguments: [(1, 1), (2, 2), (3, 5), (6, 4)]) func momentsOfAGrid(width: Int, height: Int) {
    let moments = InputMoments(styleOf: style, width: width, height: height)
    #expect(moments.dimension == 9 && moments.mean(4) == 0)
    for first in 0..<9 {
      for second in 0..<9 {
        var count = 0
        for pixel in 0..<width * height {
          let kind = BorderKind(
            y: pixel / width, x: pixel % width, width: width, height: height, kernelSize: 3)
          if kind.holds(tap: first, kernelSize: 3) && kind.holds(tap: second, kernelSize: 3) { count += 1 }
        }
        let expected = Float(count) / Float(width * height)
        for channel in 0..<2 {
          #expect(abs(moments.block(from: 9 * channel)[first * 9 + second] - expected) < 1e-6)
        }
      }
    }
  }

  /// Its table has no bias of its own, and units in which six deviations and the bias fit.
  @Test func unitsHaveRoomForAStyle() throws {
    let convolution = LabelConvolution(labels: labels(bias: -4), style: style)
    let deviation = try #require(convolution.styleDeviations?.first)
    for table in [
      try QuantizedTable(hiddenLayer: convolution, labelCount: 1, hasEdges: false, seen: nil),
      try QuantizedTable(firstLayer: convolution, labelCount: 1, hasEdges: false, scale: 1e-6),
    ] {
      #expect(table.bias.allSatisfy { $0 == 0 })
      #expect(table.unit[0] * Float(ModelFormat.styleBiasLimit) >= 4 + 6 * deviation)
    }
    // Where the labels reach far, what they add leaves the limit free.
    let wide = LabelConvolution(labels: labels(bias: 0, weight: 1000), style: style)
    let table = try QuantizedTable(firstLayer: wide, labelCount: 1, hasEdges: false, scale: 1e-6)
    let sum = (0..<9).reduce(0) { $0 + Int(table.rows[$1 * table.channels]) }
    #expect(sum > 20_000 && sum + ModelFormat.styleBiasLimit <= 32767)
  }

  /// Taps of one value err together: fed back, their sum errs like one of them.
  @Test func theSumOfTheTapsIsWhatIsRounded() throws {
    var random = SplitMix64(seed: 11)
    let weight = (0..<64 * 9).map { _ in Float(random.integer(in: -1000...1000)) / 1000 }
    let style = Convolution(
      name: "s", outputChannelCount: 1, inputChannelCount: 64, kernelSize: 3, weight: weight, bias: [0])
    let real = RealProduct(style: style, bias: [0], width: 64, height: 64)
    let rounded = try RoundedWeights(real)
    let unit = rounded.unit[0] * ModelFormat.styleScale
    var squares: Float = 0
    for input in 0..<64 {
      let sum = (0..<9).reduce(Float(0)) { $0 + weight[input * 9 + $1] }
      let made = (0..<9).reduce(Float(0)) { $0 + Float(rounded.codes[input * 9 + $1]) * unit }
      squares += (sum - made) * (sum - made)
    }
    // Nine independent roundings would err by √(9 / 12) of a unit.
    #expect((squares / 64).squareRoot() < 0.5 * unit)
  }

  /// Maps are painted again until there are 64 styles.
  @Test func mapsArePaintedWithManyStyles() {
    var configuration = GeneratorConfiguration(
      classCount: 4, hasUnknownClass: false, hasEdges: false, channelUnit: 1, width: 32, height: 32,
      styleCount: 5, layout: .oasis)
    let maps = ProceduralMaps.maps(count: 24, labelCount: 4, width: 32, height: 32, hasEdges: false)
    let noise = CalibrationPictures(maps, configuration)
    #expect(noise.maps.count == 72 && Set(noise.styles).count == 72 && noise.styles[0].count == 5)
    #expect((0..<72).allSatisfy { noise.maps[$0].ids == maps[$0 % 24].ids })
    configuration.layout = .official
    let linear = CalibrationPictures(maps, configuration)
    #expect(linear.maps.count == 24 && linear.styles.count == 24)
    configuration.styleCount = nil
    #expect(CalibrationPictures(maps, configuration).styles.isEmpty)
  }
}
