import CSpadeKernels
import Testing

/// The scalar kernels of features against plain Swift.
@Suite struct ScalarFeatureTests {
  private static let channels = 32
  private static let taps = 9
  private static var kernels: spade_kernel_set { spade_kernel_set_at(0).pointee }

  @Test("Each channel has taps of its own, for γ and for β")
  func depthwise() {
    var random = SeededRandom(seed: 11)
    let count = 2 * Self.channels
    let codes = random.numbers(7 * Self.channels, in: Int8.min...Int8.max)
    let offsets = random.numbers(Self.taps * 3, in: Int32(0)...6).map { $0 * Int32(Self.channels) }
    let weights = random.numbers(Self.taps * count, in: Int16(-323)...323)
    var sums = [Int32](repeating: 9, count: count)
    codes.withUnsafeBufferPointer { codes in
      offsets.withUnsafeBufferPointer { offsets in
        weights.withUnsafeBufferPointer { weights in
          sums.withUnsafeMutableBufferPointer { sums in
            var call = spade_depthwise(
              base: codes.baseAddress, offsets: offsets.baseAddress! + 1, offset_stride: 3,
              tap_count: Self.taps, channels: Self.channels, weights: weights.baseAddress,
              sums: sums.baseAddress)
            Self.kernels.depthwise(&call)
          }
        }
      }
    }
    for feature in 0..<count {
      var sum: Int32 = 0
      for tap in 0..<Self.taps {
        let code = Int32(codes[Int(offsets[3 * tap + 1]) + feature % Self.channels])
        sum += (code + 128) * Int32(weights[tap * count + feature])
      }
      #expect(sums[feature] == sum)
    }
  }

  @Test("Moments are added to what is there, as often as a window occurs")
  func moments() {
    var random = SeededRandom(seed: 12)
    let features = random.numbers(Self.channels, in: Int32(-741_285)...741_285)
    let before = random.numbers(2 * Self.channels, in: Int64(-9)...9)
    var sums = Array(before[..<Self.channels])
    var squares = Array(before[Self.channels...])
    Self.kernels.feature_moments(features, features.count, 1000, &sums, &squares)
    for index in features.indices {
      let feature = Int64(features[index])
      #expect(sums[index] == before[index] + 1000 * feature)
      #expect(squares[index] == before[Self.channels + index] + 1000 * feature * feature)
    }
  }

  /// A whole map of the largest features: the sum of squares is the largest there is.
  @Test("The largest map of the largest features fits")
  func largestMap() {
    let most = Int32(255 * SPADE_DEPTHWISE_WEIGHT_SUM)
    var sum: Int64 = 0
    var square: Int64 = 0
    Self.kernels.feature_moments([most], 1, 1 << 24, &sum, &square)
    #expect(square == Int64(most) * Int64(most) << 24 && square > 0)
  }

  @Test("Features become codes of two bytes, highs before lows, ties to even")
  func codes() {
    let features: [Int32] = [10, 11, 12, -90000, 90000, 100, 128, 127, -129]
    let center: [Int32] = [10, 10, 10, 0, 0, 99, 0, 0, 0]
    let factor: [Float] = [1, 0.5, 0.5, 1, 1, 0.25, 1, 1, 1]
    let term: [Float] = [3, 0, 0.5, 0, 0, -7, 0, 0, 0]
    var out = [Int8](repeating: 99, count: 2 * features.count)
    features.withUnsafeBufferPointer { features in
      center.withUnsafeBufferPointer { center in
        factor.withUnsafeBufferPointer { factor in
          term.withUnsafeBufferPointer { term in
            out.withUnsafeMutableBufferPointer { out in
              var call = spade_feature_codes(
                features: features.baseAddress, count: features.count, center: center.baseAddress,
                factor: factor.baseAddress, term: term.baseAddress, out: out.baseAddress)
              Self.kernels.feature_codes(&call)
            }
          }
        }
      }
    }
    let codes = features.indices.map { 256 * Int(out[$0]) + Int(out[features.count + $0]) }
    // 3, 0.5 and 1.5 on ties, beyond both ends, −6.75, about the edges of a low byte.
    #expect(codes == [3, 0, 2, -32639, 32639, -7, 128, 127, -129])
    #expect(Array(out[..<features.count]) == [0, 0, 0, -127, 127, 0, 1, 0, -1])
  }
}
