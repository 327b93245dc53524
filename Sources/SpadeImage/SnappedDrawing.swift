import SpadePixels

/// A drawing as ids, and how far its colours were from the palette's.
public struct SnappedDrawing: Equatable, Sendable {
  /// Pixels that are fully transparent hold `unknownId`.
  public let ids: IndexImage
  /// The first fully transparent pixel, by its place row by row.
  public let firstTransparent: Int?
  /// Pixels, not fully transparent, that no palette colour is close to.
  public let strangeCount: Int
  /// Pixels of soft edges that took the nearer side, though a third colour is close to theirs.
  public let blendCount: Int
  /// The commonest colours that no palette colour is close to, the most frequent first.
  public let strangeColors: [StrangeColor]

  /// A colour of a drawing that no palette colour is close to.
  public struct StrangeColor: Equatable, Sendable {
    public let color: Color
    /// Pixels of exactly this colour.
    public let count: Int
    /// Of the palette colour nearest to it, which areas of it take.
    public let id: UInt16
  }
}

extension SnappedDrawing {
  /// Gives every pixel the id of a colour, as `DrawingPixels.snap` says.
  /// - Parameters:
  ///   - palette: With at least one entry.
  ///   - unknownId: For pixels that are fully transparent.
  public init(_ drawing: Drawing, palette: Palette, unknownId: UInt16) {
    self = palette.withColors { colors in
      Self(drawing, colors: colors, ids: palette.entries.map { $0.id }, unknownId: unknownId)
    }
  }

  /// - Parameter paletteIds: Of the colours.
  private init(_ drawing: Drawing, colors: PixelColors, ids paletteIds: [UInt16], unknownId: UInt16) {
    let snapped = drawing.snapped(to: colors)
    var values = snapped.pixels
    var strangeCount = 0
    var firstTransparent: Int?
    var strange = ColorCounts()
    for index in values.indices {
      let pixel = SnappedPixel(rawValue: values[index])
      guard !pixel.isTransparent else {
        firstTransparent = firstTransparent ?? index
        values[index] = unknownId
        continue
      }
      if pixel.isStrange {
        strangeCount += 1
        strange.add(drawing.color(index))
      }
      values[index] = paletteIds[pixel.place]
    }
    ids = IndexImage(uncheckedWidth: drawing.width, height: drawing.height, values: values)
    self.firstTransparent = firstTransparent
    self.strangeCount = strangeCount
    blendCount = snapped.blendCount
    strangeColors = strange.commonest.map { color, count in
      StrangeColor(color: color, count: count, id: paletteIds[colors.nearest(to: color) ?? 0])
    }
  }
}

extension Drawing {
  /// For each pixel what `SnappedPixel` says, and how many of them are what `blendCount` counts.
  fileprivate func snapped(to colors: PixelColors) -> (pixels: [UInt16], blendCount: Int) {
    var blendCount = 0
    let pixels = [UInt16](unsafeUninitializedCapacity: pixelCount) { pixels, filled in
      bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, let pixels = pixels.baseAddress else { return }
        blendCount = DrawingPixels(width: width, height: height, rgba: start).snap(to: colors, pixels)
        filled = pixelCount
      }
    }
    return (pixels, blendCount)
  }
}
