/// A small seeded generator of random numbers. Source: Steele, Lea, Flood, OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// About normal, mean 0 and variance 1, in -3.47...3.47: the sum of four 16-bit uniform numbers.
  mutating func normal() -> Float {
    let bits = next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + bits >> 48
    // Four uniforms on 0...65535 have mean 131070 and variance (65536² − 1) / 3.
    return (Float(sum) - 131_070) / 37837.23
  }
}
