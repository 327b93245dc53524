import SpadePixels

/// How many pixels took each colour, and which of the colours somebody drew in.
struct TakenPlaces {
  private let colors: PixelColors
  private var counts: [Int]
  /// Of them, those of areas near the colour.
  private var steadyCounts: [Int]
  /// Whether one has the colour itself.
  private var isExact: [Bool]

  init(_ colors: PixelColors) {
    self.colors = colors
    counts = [Int](repeating: 0, count: colors.count)
    steadyCounts = counts
    isExact = [Bool](repeating: false, count: colors.count)
  }

  mutating func see(_ pixel: SnappedPixel, _ color: Color) {
    counts[pixel.place] += 1
    if pixel.isSteady { steadyCounts[pixel.place] += 1 }
    if colors[pixel.place] == color { isExact[pixel.place] = true }
  }

  /// For each colour its pixels; none where its id was drawn in this or another colour of it: a quarter of the pixels or more are of
  /// areas, as lossy compression and colour management leave them, or one has the colour itself.
  func undrawn(_ ids: [UInt16]) -> [Int] {
    let drawn = ids.indices.filter { isExact[$0] || (counts[$0] > 0 && 4 * steadyCounts[$0] >= counts[$0]) }
      .map { ids[$0] }
    return zip(ids, counts).map { drawn.contains($0) ? 0 : $1 }
  }
}

/// Which colours are near those of pixels in soft edges, and taken by no pixel.
struct BlendedPlaces {
  private let colors: PixelColors
  private var isTaken: [Bool]
  private var isBlended: [Bool]
  private let hasAny: Bool
  /// What the last pixel was nearest to.
  private var last: (color: Color, place: Int?)?

  /// - Parameter count: Of pixels that took another colour than the one close to theirs.
  init(count: Int, _ colors: PixelColors) {
    hasAny = count > 0
    self.colors = colors
    isTaken = [Bool](repeating: false, count: colors.count)
    isBlended = isTaken
  }

  mutating func see(_ pixel: SnappedPixel, _ color: Color) {
    guard hasAny else { return }
    isTaken[pixel.place] = true
    guard !pixel.isStrange else { return }
    if last?.color != color { last = (color, colors.close(to: color)) }
    if let place = last?.place, place != pixel.place { isBlended[place] = true }
  }

  /// - Parameter ids: Of the colours; several may have one.
  func ids(_ ids: [UInt16]) -> [UInt16] {
    var found: [UInt16] = []
    for (place, id) in ids.enumerated() where isBlended[place] && !found.contains(id) {
      if !zip(ids, isTaken).contains(where: { $0 == id && $1 }) { found.append(id) }
    }
    return found
  }
}
