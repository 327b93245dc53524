import SpadePixels

extension PNGColor {
  /// Of a PNG, a file in memory.
  public init(pngBytes: [UInt8]) throws(ImageError) { self = try PNGHeader(pngBytes).color }
}

extension IndexImage {
  /// Whether a PNG, a file in memory, is gray with one bit a pixel: black and white, to those who made it.
  public static func isBlackAndWhite(pngBytes: [UInt8]) throws(ImageError) -> Bool {
    let header = try PNGHeader(pngBytes)
    return header.color == .gray && header.bitDepth == 1
  }
}

/// What the numbers of a palette picture are.
public enum PaletteMeaning: Equatable, Sendable {
  /// Ids.
  case ids
  /// Places in a palette that a drawing program made: its colours say which ids are meant.
  case colors
  /// Ids, as far as one can tell; but the palette has other colours than the ids, so that it may be a drawing in colours of its own.
  case otherColors
}

extension Drawing {
  /// What a palette picture's numbers are, by the colours of those that it uses.
  ///
  /// `colors` where some differ from the index's own id's and all are ids' colours, as a drawing program makes that orders its palette
  /// anew, or where most are close to ids' colours and more of them to another's, as one that chooses the palette. Otherwise `ids`, if
  /// at least half of the pixels have their own id's colour, or the palette is gray or Pascal VOC's, which many data sets have;
  /// `otherColors` if not.
  /// - Parameters:
  ///   - indices: Of the same picture.
  ///   - colors: Of the ids from 0 on.
  public func meaning(of indices: IndexImage, colors: [Color?]) -> PaletteMeaning {
    var counts = [Int](repeating: 0, count: 256)
    var pixels = [Int](repeating: 0, count: 256)
    for index in indices.values.indices where alpha(index) > 0 {
      let value = Int(indices.values[index] & 255)
      counts[value] += 1
      pixels[value] = index
    }
    var (isExact, isGray, isPascalVOC) = (true, true, true)
    var (total, own, other) = (0, 0, 0)
    for (value, count) in counts.enumerated() where count > 0 {
      let color = color(pixels[value])
      total += count
      isGray = isGray && color.red == color.green && color.green == color.blue
      isPascalVOC = isPascalVOC && color == Color(ofPascalVOC: value)
      if value < colors.count, let ownColor = colors[value], ownColor.isClose(to: color) {
        own += count
        isExact = isExact && ownColor == color
      } else if colors.contains(where: { $0?.isClose(to: color) == true }) {
        other += count
        isExact = isExact && colors.contains { $0 == color }
      } else {
        isExact = false
      }
    }
    guard isExact ? other == 0 : 2 * (own + other) <= total || other <= own else { return .colors }
    return 2 * own >= total || isGray || isPascalVOC ? .ids : .otherColors
  }
}

extension Color {
  /// Of an id in the palette of Pascal VOC: its bits 0, 3 and 6 are red's highest, then green's and blue's follow.
  fileprivate init(ofPascalVOC id: Int) {
    var levels = SIMD3<UInt8>(repeating: 0)
    for bit in 0..<8 {
      levels[bit % 3] |= UInt8(id >> bit & 1) << (7 - bit / 3)
    }
    self.init(red: levels[0], green: levels[1], blue: levels[2])
  }
}
