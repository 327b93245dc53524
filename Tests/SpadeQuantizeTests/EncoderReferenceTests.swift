import Foundation
import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct EncoderReferenceTests {
  @Test("Six strided convolutions, each normalised and rectified, then two linear layers")
  func matchesDefinition() {
    var random = SplitMix64(seed: 4)
    var layers: [Convolution] = []
    for (input, output) in [(3, 1), (1, 2), (2, 2), (2, 3), (3, 2), (2, 2)] {
      layers.append(random.convolution("layer", input, output, 3))
    }
    let encoder = StyleEncoder(
      layers: layers, mean: random.convolution("fc_mu", 32, 5, 1),
      logVariance: random.convolution("fc_var", 32, 5, 1))
    let photo = random.tensor(3, StyleEncoder.photoSize, StyleEncoder.photoSize)

    var expected = photo
    for layer in layers {
      expected = naiveConvolution(layer, expected, stride: 2)
      let planeCount = expected.planeCount
      for channel in 0..<expected.channelCount {
        let range = channel * planeCount..<(channel + 1) * planeCount
        let mean = expected.values[range].reduce(0) { $0 + Double($1) } / Double(planeCount)
        let variance =
          expected.values[range].reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
          / Double(planeCount)
        for index in range {
          let value = (Double(expected.values[index]) - mean) / (variance + 1e-5).squareRoot()
          expected.values[index] = Float(value > 0 ? value : 0.2 * value)
        }
      }
    }
    #expect(expected.height == 4 && expected.width == 4)
    let flat = Tensor(channelCount: 32, height: 1, width: 1, values: expected.values)

    let distribution = EncoderReference(encoder).distribution(photo: photo.values)
    for (values, layer) in [
      (distribution.mean, encoder.mean), (distribution.logVariance, encoder.logVariance),
    ] {
      let output = Tensor(channelCount: 5, height: 1, width: 1, values: values)
      #expect(largestDifference(output, naiveConvolution(layer, flat)) < 1e-4)
    }
  }

  @Test("A style is the mean plus noise scaled by the deviation")
  func style() {
    let style = EncoderReference.style(
      mean: [1, -2], logVariance: [0, Float(4 * log(2.0))], noise: [0.5, -1])
    #expect(style[0] == 1.5)
    #expect(abs(style[1] + 6) < 1e-5)
  }
}
