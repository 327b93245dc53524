/// Soft edges of a drawing: bands that go from one area's colour to another's over many pixels, as a soft brush leaves them. On its way the
/// blend of two classes' colours may come close to a third class's, which nobody drew.
///
/// What was drawn is *steady*: its colour is an entry's, and both in its row and in its column a neighbour has exactly the same; where the
/// colour is only close, as after lossy compression, all four neighbours have it. A blend changes from pixel to pixel across the band. So
/// every line of two or more pixels is steady, and a blend hardly ever.
struct SoftEdges {
  private enum Anchor: UInt8 {
    case none
    /// An entry's own colour, but no neighbour's: the ridge of a soft line, or where a blend passes by a third colour.
    case exact
    case steady
  }

  private let drawing: Drawing
  private let palette: Palette
  private let anchors: [Anchor]
  /// For each pixel the place of its close palette entry.
  private let close: [UInt16]
  /// As far as a steady pixel is looked for.
  private let reach: Int

  /// - Parameter close: For each pixel the place of its close palette entry, `Drawing.noEntry` where there is none.
  init(_ drawing: Drawing, palette: Palette, close: [UInt16]) {
    self.drawing = drawing
    self.palette = palette
    self.close = close
    reach = max(16, max(drawing.width, drawing.height) / 16)
    let (width, height) = (drawing.width, drawing.height)
    var anchors = [Anchor](repeating: .none, count: drawing.pixelCount)
    for index in anchors.indices where close[index] != Drawing.noEntry {
      let (x, y) = (index % width, index / width)
      let color = drawing.color(index)
      /// Whether the neighbours are of this colour; beyond the drawing's border it goes on.
      func isSame(_ dx: Int, _ dy: Int) -> Bool {
        let (column, row) = (min(max(x + dx, 0), width - 1), min(max(y + dy, 0), height - 1))
        return drawing.color(row * width + column) == color
      }
      let isExact = !palette.entries[Int(close[index])].color.differs(from: color, by: 1)
      let isLine = (isSame(-1, 0) || isSame(1, 0)) && (isSame(0, -1) || isSame(0, 1))
      if isExact {
        anchors[index] = isLine ? .steady : .exact
      } else if isLine, isSame(-1, 0), isSame(1, 0), isSame(0, -1), isSame(0, 1) {
        anchors[index] = .steady
      }
    }
    self.anchors = anchors
  }

  /// The entry of the nearer side for a pixel of a soft edge between two entries: its colour lies between theirs, within 16 levels.
  /// - Parameter index: Of a pixel without a close entry, or whose close entry may be a blend.
  /// - Returns: `nil` for one that was drawn, and where no two sides fit.
  func side(of index: Int) -> UInt16? {
    guard anchors[index] != .steady else { return nil }
    if let side = side(of: index, between: .steady) { return side }
    return close[index] == Drawing.noEntry ? side(of: index, between: .exact) : nil
  }

  /// - Parameter least: What the sides are at least.
  private func side(of index: Int, between least: Anchor) -> UInt16? {
    let color = drawing.color(index)
    var sides: [(entry: UInt16, distance: Int)] = []
    for (dx, dy) in Self.directions {
      guard let found = anchor(least, from: index, dx, dy) else { continue }
      if let known = sides.firstIndex(where: { $0.entry == found.entry }) {
        sides[known].distance = min(sides[known].distance, found.distance)
      } else {
        sides.append(found)
      }
    }
    // A line of a single pixel in a class's own colour, with hard edges, was drawn.
    var best: (entry: UInt16, length: Int)?
    for (place, one) in sides.enumerated() {
      for other in sides[(place + 1)...] {
        let length = one.distance + other.distance
        guard length < best?.length ?? .max,
          anchors[index] != .exact || one.distance > 1 || other.distance > 1,
          let share = color.share(
            from: palette.entries[Int(one.entry)].color, to: palette.entries[Int(other.entry)].color)
        else { continue }
        best = (share < 0.5 ? one.entry : other.entry, length)
      }
    }
    return best?.entry
  }

  private static let directions = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)]

  /// The first anchor of a kind in a direction: its entry, and how far it is.
  private func anchor(_ least: Anchor, from index: Int, _ dx: Int, _ dy: Int) -> (
    entry: UInt16, distance: Int
  )? {
    var (x, y) = (index % drawing.width, index / drawing.width)
    for distance in 1...reach {
      x += dx
      y += dy
      guard x >= 0, y >= 0, x < drawing.width, y < drawing.height else { return nil }
      let at = y * drawing.width + x
      if anchors[at].rawValue >= least.rawValue { return (close[at], distance) }
    }
    return nil
  }
}

extension Color {
  /// Whether a channel differs by more than so many levels.
  fileprivate func differs(from other: Color, by levels: Int) -> Bool {
    abs(Int(red) - Int(other.red)) > levels || abs(Int(green) - Int(other.green)) > levels
      || abs(Int(blue) - Int(other.blue)) > levels
  }

  /// How much of `last` a blend of two colours holds, in `0...1`; `nil` for a colour that is more than 16 levels away from every blend.
  fileprivate func share(from first: Color, to last: Color) -> Double? {
    func channels(_ color: Color) -> (Double, Double, Double) {
      (
        Double(color.red) - Double(first.red), Double(color.green) - Double(first.green),
        Double(color.blue) - Double(first.blue)
      )
    }
    let (way, place) = (channels(last), channels(self))
    let length = way.0 * way.0 + way.1 * way.1 + way.2 * way.2
    guard length > 0 else { return nil }
    let share = min(1, max(0, (way.0 * place.0 + way.1 * place.1 + way.2 * place.2) / length))
    let off = (place.0 - share * way.0, place.1 - share * way.1, place.2 - share * way.2)
    return off.0 * off.0 + off.1 * off.1 + off.2 * off.2 <= 256 ? share : nil
  }
}
