import CSpadeKernels
import Testing

struct PixelCase: CustomTestStringConvertible, Sendable {
  var count = 7, channels = 16, padding = 0
  var values: ClosedRange<Int16> = -32768...32767

  var stride: Int { channels + padding }
  var testDescription: String {
    "\(count) pixels of \(channels) channels, padding \(padding), values \(values)"
  }

  static let all = [
    PixelCase(),
    PixelCase(count: 1),
    PixelCase(count: 100, channels: 48, padding: 16),
    PixelCase(count: 1000, values: -32768 ... -32768),
    PixelCase(count: 1000, values: 32767...32767),
  ]
}

@Suite struct StatisticsTests {
  @Test("Sums and sums of squares are added to what is there", arguments: PixelCase.all)
  func channelSums(_ test: PixelCase) {
    var random = SeededRandom(seed: 7)
    let x = random.numbers(test.count * test.stride, in: test.values)
    var sums = random.numbers(test.channels, in: Int64(-9)...9)
    var squares = random.numbers(test.channels, in: Int64(-9)...9)
    var expectedSums = sums
    var expectedSquares = squares
    for pixel in 0..<test.count {
      for channel in 0..<test.channels {
        let value = Int64(x[pixel * test.stride + channel])
        expectedSums[channel] += value
        expectedSquares[channel] += value * value
      }
    }
    spade_kernel_set_at(0).pointee.channel_sums(x, test.count, test.stride, test.channels, &sums, &squares)
    #expect(sums == expectedSums)
    #expect(squares == expectedSquares)
  }

  @Test("Normalising rounds and saturates and leaves padding alone", arguments: PixelCase.all)
  func normalize(_ test: PixelCase) {
    var random = SeededRandom(seed: 8)
    let x = random.numbers(test.count * test.stride, in: test.values)
    let factor = random.floats(test.channels, in: -3...3)
    let term = random.floats(test.channels, in: -20000...20000)
    var out = [Int16](repeating: 111, count: x.count)
    var expected = out
    for pixel in 0..<test.count {
      for channel in 0..<test.channels {
        let index = pixel * test.stride + channel
        let product = Float(x[index]) * factor[channel]
        expected[index] = Int16(code(product + term[channel], in: -32767...32767))
      }
    }
    spade_kernel_set_at(0).pointee.normalize(x, test.count, test.stride, test.channels, factor, term, &out)
    #expect(out == expected)
  }
}
