/// A stream of uniform 64-bit words: `z = state += 0x9E3779B97F4A7C15`, then the mix below.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A bijection of 64-bit words that leaves no visible pattern.
  public static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A multiple of 2⁻⁵³ in `0 ..< 1`: the upper 53 bits of the next word.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A value in `range`, by the high half of a 128-bit product.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    let count = UInt64(range.upperBound - range.lowerBound) + 1
    return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
  }

  /// A value in `range` with 53 random bits.
  public mutating func real(in range: Range<Double>) -> Double {
    range.lowerBound + unit() * (range.upperBound - range.lowerBound)
  }

  /// About normal, mean 0 and variance 1, in −3.47 … 3.47: the sum of four 16-bit uniform numbers.
  public mutating func normal() -> Float {
    let bits = next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + bits >> 48
    // Four uniforms on 0 ... 65535 have mean 131070 and variance (65536² − 1) / 3.
    return (Float(sum) - 131_070) / 37837.23
  }
}
