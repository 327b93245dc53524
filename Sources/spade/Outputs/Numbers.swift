import Foundation

extension BinaryInteger {
  /// In groups of three digits: `1,234,567`.
  var grouped: String {
    var text = ""
    for (index, digit) in String(self).reversed().enumerated() {
      if index > 0 && index % 3 == 0 && digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// With three or four digits and a unit: `6.24 M`, `181 G`.
  var short: String {
    let value = Double(self)
    for (unit, size) in [("G", 1e9), ("M", 1e6), ("k", 1e3)] where value >= size {
      let scaled = value / size
      return "\(scaled.fixed(scaled < 10 ? 2 : scaled < 100 ? 1 : 0)) \(unit)"
    }
    return "\(self)"
  }
}

extension Double {
  /// With `digits` after the point.
  func fixed(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }

  /// A duration in seconds: `43.2 ms`, `1.25 s`.
  var duration: String { self < 1 ? "\((self * 1000).fixed(1)) ms" : "\(fixed(2)) s" }
}

extension String {
  /// Filled with spaces on the right.
  func left(_ count: Int) -> String { self + String(repeating: " ", count: Swift.max(0, count - self.count)) }

  /// Filled with spaces on the left.
  func right(_ count: Int) -> String {
    String(repeating: " ", count: Swift.max(0, count - self.count)) + self
  }
}

extension [String] {
  /// As in a sentence: `a`, `a and b`, `a, b and c`.
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
