/// What became of a pixel of a drawing, as a number of 16 bits.
public struct SnappedPixel: RawRepresentable, Equatable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Without a colour.
  static let transparent = SnappedPixel(rawValue: .max)
  /// Not known yet.
  static let open = SnappedPixel(rawValue: .max - 1)
  private static let strangeBit: UInt16 = 0x8000
  /// Free, as places are below `PixelColors.countLimit`. Of a strange pixel it says that it is a blend.
  private static let steadyBit: UInt16 = 0x4000

  static func close(_ place: Int) -> SnappedPixel { SnappedPixel(rawValue: UInt16(place)) }
  static func strange(_ place: Int) -> SnappedPixel {
    SnappedPixel(rawValue: UInt16(place) | strangeBit)
  }

  /// Strange, and between two sides. The two highest places, whose numbers are taken, are only strange.
  static func blend(_ place: Int) -> SnappedPixel {
    let pixel = SnappedPixel(rawValue: UInt16(place) | strangeBit | steadyBit)
    return pixel.isTransparent || pixel == .open ? .strange(place) : pixel
  }

  /// The same, known to be drawn as it is: see `DrawingPixels.markSteady`. Of a close pixel.
  var steady: SnappedPixel { SnappedPixel(rawValue: rawValue | Self.steadyBit) }
  /// Whether it has a close colour and is of an area or line in it.
  public var isSteady: Bool { rawValue & (Self.strangeBit | Self.steadyBit) == Self.steadyBit }
  /// Whether no colour is close to the pixel's, which lies between those of two areas.
  var isBlend: Bool { rawValue & Self.steadyBit != 0 && isStrange && self != .open }
  /// Whether it has a close colour, its own or that of the nearer side.
  var isClose: Bool { rawValue & Self.strangeBit == 0 }

  public var isTransparent: Bool { self == .transparent }
  /// Whether no colour is close to the pixel's, which then took one of those around it.
  public var isStrange: Bool { rawValue & Self.strangeBit != 0 && !isTransparent }
  /// Of the colour that the pixel took; for pixels that are not transparent.
  public var place: Int { Int(rawValue & ~(Self.strangeBit | Self.steadyBit)) }
}
