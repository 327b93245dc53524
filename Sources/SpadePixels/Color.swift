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

  /// - Parameter packed: `0xRRGGBB`.
  public init(packed: Int32) {
    self.init(
      red: UInt8(truncatingIfNeeded: packed >> 16), green: UInt8(truncatingIfNeeded: packed >> 8),
      blue: UInt8(truncatingIfNeeded: packed))
  }

  /// `0xRRGGBB`.
  public var packed: Int32 { Int32(red) << 16 | Int32(green) << 8 | Int32(blue) }

  /// The squared Euclidean distance, in `0...195_075`.
  func squaredDistance(to other: Color) -> Int {
    let red = Int(self.red) - Int(other.red)
    let green = Int(self.green) - Int(other.green)
    let blue = Int(self.blue) - Int(other.blue)
    return red * red + green * green + blue * blue
  }

  /// Whether no channel differs by more than eight levels: what lossy compression and colour management do to a flat area.
  public func isClose(to other: Color) -> Bool { isWithin(8, of: other) }

  /// Whether no channel differs by more than so many levels.
  func isWithin(_ levels: Int, of other: Color) -> Bool {
    abs(Int(red) - Int(other.red)) <= levels && abs(Int(green) - Int(other.green)) <= levels
      && abs(Int(blue) - Int(other.blue)) <= levels
  }
}
