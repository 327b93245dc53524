import SpadePixels

/// A drawing as ids, and how far its colours were from the palette's.
public struct SnappedDrawing: Sendable {
  /// Pixels that are fully transparent hold `unknownId`.
  public let ids: IndexImage
  /// The first fully transparent pixel, by its place row by row.
  public let firstTransparent: Int?
  /// Pixels, not fully transparent, that no palette colour is close to.
  public let strangeCount: Int
  /// Whether the picture is a drawing, as `DrawingPixels.isDrawing` says.
  public let isDrawing: Bool
  /// The ids that pixels took to which no palette colour is close, each with its pixels, the most frequent first.
  public let strangeIds: [(id: UInt16, count: Int)]
  /// Pixels of soft edges that took the nearer side, though a third colour is close to theirs.
  public let blendCount: Int
  /// The ids whose colours are nowhere but in such edges, so that no pixel has them.
  public let blendedIds: [UInt16]
  /// The ids that pixels took, though none has exactly a colour of theirs and few are of an area near one: each with its pixels, the most
  /// frequent first.
  public let undrawnIds: [(id: UInt16, count: Int)]
  /// Pixels that are neither opaque nor fully transparent, read by their own colours.
  public let translucentCount: Int
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
    var strangeCounts = [Int](repeating: 0, count: paletteIds.count)
    var blended = BlendedPlaces(count: snapped.blendCount, colors)
    var firstTransparent: Int?
    var strange = ColorCounts()
    var taken = TakenPlaces(colors)
    var translucentCount = 0
    for index in values.indices {
      let pixel = SnappedPixel(rawValue: values[index])
      guard !pixel.isTransparent else {
        firstTransparent = firstTransparent ?? index
        values[index] = unknownId
        continue
      }
      if pixel.isStrange {
        strangeCounts[pixel.place] += 1
        strange.add(drawing.color(index))
      }
      if drawing.alpha(index) < 255 { translucentCount += 1 }
      blended.see(pixel, drawing.color(index))
      taken.see(pixel, drawing.color(index))
      values[index] = paletteIds[pixel.place]
    }
    ids = IndexImage(uncheckedWidth: drawing.width, height: drawing.height, values: values)
    self.firstTransparent = firstTransparent
    strangeCount = strangeCounts.reduce(0, +)
    strangeIds = Self.totals(strangeCounts, of: paletteIds)
    isDrawing = snapped.isDrawing
    blendedIds = blended.ids(paletteIds)
    blendCount = snapped.blendCount
    undrawnIds = Self.totals(taken.undrawn(paletteIds), of: paletteIds)
    self.translucentCount = translucentCount
    strangeColors = strange.commonest.map { color, count in
      StrangeColor(color: color, count: count, id: paletteIds[colors.nearest(to: color) ?? 0])
    }
  }

  /// The pixels of each id, the most frequent first; several colours may stand for one.
  private static func totals(_ counts: [Int], of ids: [UInt16]) -> [(id: UInt16, count: Int)] {
    var totals: [(id: UInt16, count: Int)] = []
    for (id, count) in zip(ids, counts) where count > 0 {
      if let place = totals.firstIndex(where: { $0.id == id }) {
        totals[place].count += count
      } else {
        totals.append((id, count))
      }
    }
    return totals.sorted { ($0.count, $1.id) > ($1.count, $0.id) }
  }
}

extension Drawing {
  /// For each pixel what `SnappedPixel` says, how many of them are what `blendCount` counts, and whether this is a drawing.
  fileprivate func snapped(to colors: PixelColors) -> (pixels: [UInt16], blendCount: Int, isDrawing: Bool) {
    var blendCount = 0
    var isDrawing = true
    let pixels = [UInt16](unsafeUninitializedCapacity: pixelCount) { pixels, filled in
      bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress, let pixels = pixels.baseAddress else { return }
        let drawing = DrawingPixels(width: width, height: height, rgba: start)
        blendCount = drawing.snap(to: colors, pixels)
        isDrawing = drawing.isDrawing(pixels, colors)
        filled = pixelCount
      }
    }
    return (pixels, blendCount, isDrawing)
  }
}
