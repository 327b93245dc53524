import SpadePixels

/// An 8-bit RGB colour.
public typealias Color = SpadePixels.Color

extension Color {
  /// As the web writes it, such as `#87ceeb`.
  public var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
