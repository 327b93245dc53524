/// What one code is worth, which a model file does not say: found by comparing codes with what they were rounded from.
struct UnitEstimate {
  private var values = 0.0
  private var products = 0.0
  private(set) var codes = 0.0

  mutating func add(_ value: Float, code: Int) {
    values += Double(value) * Double(value)
    products += Double(value) * Double(code)
    codes += Double(code) * Double(code)
  }

  /// Rounding errs independently of the value, so Σ value · code is Σ value² / unit on average. `nil` where all codes are 0.
  var unit: Double? {
    let unit = values / products
    return unit > 0 && unit.isFinite ? unit : nil
  }

  /// The mean of two estimates, each with the part that it is certain of.
  static func mean(_ a: (unit: Double?, codes: Double), _ b: (unit: Double?, codes: Double)) -> Double? {
    guard let first = a.unit else { return b.unit }
    guard let second = b.unit else { return first }
    return (first * a.codes + second * b.codes) / (a.codes + b.codes)
  }
}
