import FoundationEssentials

/// Why a class list cannot be read: one case per rule.
public enum ClassListError: Error, Equatable, Sendable {
  case notText
  /// Lines count from 1.
  case noClass(line: Int)
}

extension ModelMetadata.Class {
  /// The classes of a text, one a line, in the order of the ids. A line is a name, then perhaps a colour, as `#rrggbb` or as three
  /// numbers of 0 to 255.
  /// - Parameter text: UTF-8.
  public static func list(_ text: [UInt8]) throws(ClassListError) -> [Self] {
    guard let text = String(bytes: text, encoding: .utf8) else { throw .notText }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    var classes: [Self] = []
    for line in lines {
      guard let entry = Self(line: line) else { throw .noClass(line: classes.count + 1) }
      classes.append(entry)
    }
    return classes
  }

  /// `name`, `name #rrggbb` or `name r g b`.
  private init?(line: Substring) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let last = words.last else { return nil }
    if last.hasPrefix("#") {
      let digits = last.dropFirst()
      guard words.count > 1, digits.count == 6, digits.allSatisfy(\.isHexDigit),
        let value = UInt32(digits, radix: 16)
      else { return nil }
      let name = words.dropLast().joined(separator: " ")
      self.init(name: name, color: [16, 8, 0].map { UInt8(value >> $0 & 255) })
      return
    }
    let tail = words.suffix(3).compactMap { Int($0) }
    guard words.count > 3, tail.count == 3 else {
      self.init(name: words.joined(separator: " "))
      return
    }
    guard tail.allSatisfy((0...255).contains) else { return nil }
    self.init(name: words.dropLast(3).joined(separator: " "), color: tail.map { UInt8($0) })
  }
}
