/// An 8-bit RGB colour.
public struct Color: Equatable, Sendable {
  public let red: UInt8
  public let green: UInt8
  public let blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// As the web writes it, such as `#87ceeb`.
  public var hexadecimal: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Six hexadecimal digits behind `#`; `nil` for any other text.
  public init?(hexadecimal text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }),
      let value = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
  }

  /// The squared Euclidean distance, in `0...195_075`.
  func squaredDistance(to other: Color) -> Int {
    let red = Int(self.red) - Int(other.red)
    let green = Int(self.green) - Int(other.green)
    let blue = Int(self.blue) - Int(other.blue)
    return red * red + green * green + blue * blue
  }

  /// Whether no channel differs by more than eight levels: what lossy compression and colour management do to a flat area.
  func isClose(to other: Color) -> Bool {
    abs(Int(red) - Int(other.red)) <= 8 && abs(Int(green) - Int(other.green)) <= 8
      && abs(Int(blue) - Int(other.blue)) <= 8
  }
}
