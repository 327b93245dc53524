import CSpadeSystem

extension BinaryInteger {
  /// In groups of three digits: `1,234,567`.
  package var grouped: String {
    var text = ""
    for (index, digit) in "\(self)".reversed().enumerated() {
      if index > 0 && index % 3 == 0 && digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// With three or four digits and a unit: `6.24 M`, `181 G`.
  package var short: String {
    let value = Double(self)
    for (unit, size) in [("G", 1e9), ("M", 1e6), ("k", 1e3)] where value >= size {
      let scaled = value / size
      return "\(scaled.fixed(scaled < 10 ? 2 : scaled < 100 ? 1 : 0)) \(unit)"
    }
    return "\(self)"
  }
}

extension UInt64 {
  /// In decimal, with zeros before it where it has fewer digits.
  package func filled(digitCount: Int) -> String {
    let digits = "\(self)"
    return String(repeating: "0", count: Swift.max(0, digitCount - digits.utf8.count)) + digits
  }

  /// Sixteen hexadecimal digits.
  package var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension Double {
  /// With `digits` after the point.
  package func fixed(_ digits: Int) -> String {
    let text = [CChar](unsafeUninitializedCapacity: Int(spade_fixed_size)) { text, count in
      // Safe: the text ends within spade_fixed_size characters.
      count = text.baseAddress.map { spade_format_fixed($0, self, Int32(digits)) } ?? 0
    }
    return String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// With `digits` after the point and the digits before it in groups: `9,455.36`.
  package func grouped(_ digits: Int) -> String {
    let text = fixed(digits)
    let whole = text.utf8.prefix { $0 != UInt8(ascii: ".") }.count
    guard let number = Int(text.prefix(whole)), number.magnitude >= 1000 else { return text }
    return number.grouped + text.dropFirst(whole)
  }

  /// A duration in seconds: `43.2 ms`, `1.25 s`.
  package var duration: String { self < 1 ? "\((self * 1000).fixed(1)) ms" : "\(fixed(2)) s" }
}

extension String {
  /// Filled with spaces on the right.
  package func left(_ count: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, count - self.count))
  }

  /// Filled with spaces on the left.
  package func right(_ count: Int) -> String {
    String(repeating: " ", count: Swift.max(0, count - self.count)) + self
  }
}

extension [Int] {
  /// As a shape: `[3, 256, 256]`; of a long one the first eight extents.
  package var listedExtents: String {
    let extents = prefix(8).map { "\($0)" } + (count > 8 ? ["… \(count) in all"] : [])
    return "[" + extents.joined(separator: ", ") + "]"
  }
}

extension [String] {
  /// As in a sentence: `a`, `a and b`, `a, b and c`.
  package var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}
