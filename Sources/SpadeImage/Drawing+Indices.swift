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

extension Drawing {
  /// Whether the colours of a palette picture, and not its indices, say which ids are meant: some differ from the index's own id's
  /// where all are ids' colours, as a drawing program makes that orders its palette anew, or most do where most are close to ids'
  /// colours, as one that chooses the palette.
  /// - Parameters:
  ///   - indices: Of the same picture.
  ///   - colors: Of the ids from 0 on.
  public func overrules(_ indices: IndexImage, colors: [Color?]) -> Bool {
    var counts = [Int](repeating: 0, count: 256)
    var pixels = [Int](repeating: 0, count: 256)
    for index in indices.values.indices where alpha(index) > 0 {
      let value = Int(indices.values[index] & 255)
      counts[value] += 1
      pixels[value] = index
    }
    var isExact = true
    var (total, own, other) = (0, 0, 0)
    for (value, count) in counts.enumerated() where count > 0 {
      let color = color(pixels[value])
      total += count
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
    return isExact ? other > 0 : 2 * (own + other) > total && other > own
  }
}
