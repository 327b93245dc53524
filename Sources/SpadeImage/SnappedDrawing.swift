/// A drawing as ids, and how far its colours were from the palette's.
public struct SnappedDrawing: Equatable, Sendable {
  /// Pixels that are fully transparent hold `unknownId`.
  public let ids: IndexImage
  /// The first fully transparent pixel, by its place row by row.
  public let firstTransparent: Int?
  /// Pixels, not fully transparent, that no palette colour is close to.
  public let strangeCount: Int
  /// Pixels of soft edges that a palette colour is close to, which is that of neither side.
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
  /// Gives every pixel the id of a colour.
  ///
  /// A pixel with a close colour, which differs by eight levels a channel at most, takes the nearest. Any other pixel is taken
  /// for one of a smoothed edge: it takes the nearest of the colours that are close to a pixel of the 5 × 5 around it, so
  /// that no third class appears between two; where there is none, the side of the soft edge it belongs to, or the nearest of all. A
  /// pixel of a soft edge between two colours takes the nearer side also where a third colour is close to it.
  /// - Parameters:
  ///   - palette: With at least one entry.
  ///   - unknownId: For pixels that are fully transparent.
  public init(_ drawing: Drawing, palette: Palette, unknownId: UInt16) {
    var close = drawing.closeEntries(in: palette)
    let edges = SoftEdges(drawing, palette: palette, close: close)
    var blendCount = 0
    for index in close.indices where close[index] != Drawing.noEntry {
      guard let side = edges.side(of: index), side != close[index] else { continue }
      close[index] = side
      blendCount += 1
    }
    var values: [UInt16] = []
    values.reserveCapacity(drawing.pixelCount)
    var strangeCount = 0
    var firstTransparent: Int?
    var strange = ColorCounts()
    for index in 0..<drawing.pixelCount {
      guard drawing.alpha(index) > 0 else {
        firstTransparent = firstTransparent ?? index
        values.append(unknownId)
        continue
      }
      let color = drawing.color(index)
      let entry: Palette.Entry
      if close[index] == Drawing.noEntry {
        strangeCount += 1
        strange.add(color)
        entry = palette.entries[drawing.entry(around: index, close: close, palette, edges)]
      } else {
        entry = palette.entries[Int(close[index])]
      }
      values.append(entry.id)
    }
    ids = IndexImage(uncheckedWidth: drawing.width, height: drawing.height, values: values)
    self.firstTransparent = firstTransparent
    self.strangeCount = strangeCount
    self.blendCount = blendCount
    strangeColors = strange.commonest.map { color, count in
      StrangeColor(color: color, count: count, id: palette.entries[palette.nearest(to: color) ?? 0].id)
    }
  }
}

extension Drawing {
  static let noEntry = UInt16.max

  /// For each pixel the place of its close palette entry; `noEntry` where there is none and where it is transparent.
  fileprivate func closeEntries(in palette: Palette) -> [UInt16] {
    var entries: [UInt16] = []
    entries.reserveCapacity(pixelCount)
    var (last, lastEntry): (Color?, UInt16) = (nil, Self.noEntry)
    for index in 0..<pixelCount {
      let color = self.color(index)
      if color != last {
        last = color
        lastEntry = Self.noEntry
        if let entry = palette.nearest(to: color), palette.entries[entry].color.isClose(to: color) {
          lastEntry = UInt16(entry)
        }
      }
      entries.append(alpha(index) == 0 ? Self.noEntry : lastEntry)
    }
    return entries
  }

  /// The entry for a pixel without a close one.
  fileprivate func entry(around index: Int, close: [UInt16], _ palette: Palette, _ edges: SoftEdges) -> Int {
    let color = self.color(index)
    let (x, y) = (index % width, index / width)
    var best: Int?
    var bestDistance = Int.max
    for row in max(y - 2, 0)...min(y + 2, height - 1) {
      for column in max(x - 2, 0)...min(x + 2, width - 1) {
        let candidate = close[row * width + column]
        guard candidate != Self.noEntry else { continue }
        let distance = palette.entries[Int(candidate)].color.squaredDistance(to: color)
        if distance < bestDistance || (distance == bestDistance && Int(candidate) < best ?? .max) {
          (best, bestDistance) = (Int(candidate), distance)
        }
      }
    }
    return best ?? edges.side(of: index).map { Int($0) } ?? palette.nearest(to: color) ?? 0
  }
}
