import SpadePixels

/// An 8-bit RGB colour.
public typealias Color = SpadePixels.Color

extension Color {
  /// As the web writes it, such as `#87ceeb`.
  public var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Six hexadecimal digits behind `#`; `nil` for any other text.
  public init?(hexadecimal text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }),
      let value = Int32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(packed: value)
  }
}
