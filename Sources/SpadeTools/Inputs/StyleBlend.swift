/// Several styles and how much each counts, as `--blend` has them: `dusk.png:0.3,noon.z:0.5,seed:7:0.2`.
package struct StyleBlend: Equatable, Sendable {
  package struct Part: Equatable, Sendable {
    /// A photo, a saved style or a seed.
    package let source: StyleSource
    /// Positive; a part of the sum of all.
    package let weight: Double
  }

  /// What is wrong with the option's text: one sentence.
  package struct WrongUsage: Error, Equatable {
    package let sentence: String
  }

  /// At least one.
  package let parts: [Part]

  /// Parts are separated by commas; a part's weight follows its last colon.
  package init(_ text: String) throws(WrongUsage) {
    var parts: [Part] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let colon = part.lastIndex(of: ":"), colon > part.startIndex, part[..<colon] != "seed" else {
        throw WrongUsage(
          sentence:
            "--blend has no weight for \(part.isEmpty ? "an empty name" : String(part)); write name:weight, "
            + "such as a.png:0.3,b.png:0.7 or seed:7:0.3,seed:8:0.7.")
      }
      let digits = part[part.index(after: colon)...]
      guard let weight = Self.decimal(digits), weight > 0 else {
        throw WrongUsage(
          sentence:
            "--blend has the weight \(digits) for \(part[..<colon]); give a positive number such as 0.3.")
      }
      parts.append(Part(source: try Self.source(part[..<colon]), weight: weight))
    }
    self.parts = parts
  }

  private init(_ parts: [Part]) { self.parts = parts }

  /// As `StyleSource.beside(_:)`.
  func beside(_ model: String) throws(Failure) -> StyleBlend {
    var found: [Part] = []
    for part in parts { found.append(Part(source: try part.source.beside(model), weight: part.weight)) }
    return StyleBlend(found)
  }

  private static func source(_ name: Substring) throws(WrongUsage) -> StyleSource {
    guard name.hasPrefix("seed:") else { return .file(path: String(name)) }
    guard let seed = UInt64(name.dropFirst(5)) else {
      throw WrongUsage(
        sentence: "--blend has \(name); a seed is a whole number from 0 to \(UInt64.max), such as seed:7:0.3."
      )
    }
    return .seed(seed)
  }

  /// The weighted mean of the parts' styles.
  /// - Parameter styles: One for each part, of one length.
  package func mean(of styles: [[Float]]) -> [Float] {
    let sum = parts.reduce(0) { $0 + $1.weight }
    return styles[0].indices.map { index in
      var value = 0.0
      for (part, style) in zip(parts, styles) { value += part.weight / sum * Double(style[index]) }
      return Float(value)
    }
  }

  /// A decimal number without sign or exponent. Both parts of the quotient are exact, so it is the nearest `Double`.
  package static func decimal(_ text: Substring) -> Double? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard (1...2).contains(parts.count), (1...15).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int64(digits)
    else { return nil }
    var power = 1.0
    for _ in 0..<(parts.count == 2 ? parts[1].utf8.count : 0) { power *= 10 }
    return Double(value) / power
  }
}
