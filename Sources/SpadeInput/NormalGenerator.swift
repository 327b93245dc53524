/// Standard normal numbers that are the same bits on every machine.
///
/// Nothing but comparisons, whole numbers and one IEEE division: no logarithm whose last bit depends on a library.
/// Every uniform number `U` below is a fresh one: the next word of SplitMix64, its upper 53 bits times 2⁻⁵³.
///
/// ```
/// run(x, p):                            true with probability exp(-x · p)
///   even ← true; y ← x
///   loop: z ← U; if z ≥ y, return even
///         if p < 1: r ← U; if r ≥ p, return even        (no number is drawn when p is 1)
///         y ← z; even ← not even
///
/// next():
///   1. k ← 0; while run(1/2, 1): k ← k + 1
///   2. k · (k - 1) times: if not run(1/2, 1), go to 1
///   3. x ← U
///   4. k + 1 times: if not run(x, (2k + x) / (2k + 2)), go to 1
///   5. return k + x, negated if the next word's top bit is 1
/// ```
///
/// Source: Karney, "Sampling exactly from the normal distribution", ACM TOMS 42(1), 2016, algorithm N.
public struct NormalGenerator: Sendable {
  private var bits: SplitMix64

  public init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  /// The next number; finite, seldom beyond ±5.
  public mutating func next() -> Double {
    while true {
      var whole = 0
      while run(0.5, 1) { whole += 1 }
      guard allTrue(whole * (whole - 1), 0.5, 1) else { continue }
      let fraction = bits.unit()
      let probability = (Double(2 * whole) + fraction) / Double(2 * whole + 2)
      guard allTrue(whole + 1, fraction, probability) else { continue }
      let magnitude = Double(whole) + fraction
      return bits.next() >> 63 == 1 ? -magnitude : magnitude
    }
  }

  /// A style vector: the first `count` numbers of `seed`, each rounded to float32. Generic, so that nothing of it is compiled
  /// where nobody asks for an array.
  public static func style<Style: RangeReplaceableCollection>(seed: UInt64, count: Int) -> Style
  where Style.Element == Float {
    var generator = NormalGenerator(seed: seed)
    var style = Style()
    style.reserveCapacity(count)
    for _ in 0..<count { style.append(Float(generator.next())) }
    return style
  }

  /// Fills `style` with the style vector of `seed`.
  public static func fill(_ style: UnsafeMutableBufferPointer<Float>, seed: UInt64) {
    var generator = NormalGenerator(seed: seed)
    for index in 0..<style.count { style[index] = Float(generator.next()) }
  }

  /// True with probability `exp(-start · probability)`: whether a falling run has even length.
  private mutating func run(_ start: Double, _ probability: Double) -> Bool {
    var isEven = true
    var bound = start
    while true {
      let value = bits.unit()
      guard value < bound else { return isEven }
      if probability < 1 {
        guard bits.unit() < probability else { return isEven }
      }
      bound = value
      isEven.toggle()
    }
  }

  private mutating func allTrue(_ count: Int, _ start: Double, _ probability: Double) -> Bool {
    for _ in 0..<count where !run(start, probability) { return false }
    return true
  }
}
