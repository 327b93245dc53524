// Wide gradients, whose steps are so few levels that neighbours have the same colour over many pixels.

extension DrawingPixels {
  /// Takes the mark of steady pixels from those on a slope, in their row or in their column.
  func unmarkSlopes(_ pixels: UnsafeMutablePointer<UInt16>) {
    for y in 0..<height { unmarkSlopes(Line(start: y * width, count: width, stride: 1), pixels) }
    for x in 0..<width { unmarkSlopes(Line(start: x, count: height, stride: width), pixels) }
  }

  /// A row or a column.
  private struct Line {
    /// Places row by row: of its first pixel, and from each to the next.
    let start: Int
    let count: Int
    let stride: Int

    func place(_ position: Int) -> Int { start &+ position &* stride }
  }

  private func unmarkSlopes(_ line: Line, _ pixels: UnsafeMutablePointer<UInt16>) {
    var first = 0
    while first < line.count {
      let color = self.color(line.place(first))
      var end = first + 1
      while end < line.count, self.color(line.place(end)) == color { end += 1 }
      if SnappedPixel(rawValue: pixels[line.place(first)]).isClose, isSlope(line, first..<end, color) {
        for position in first..<end {
          let pixel = SnappedPixel(rawValue: pixels[line.place(position)])
          if pixel.isSteady { pixels[line.place(position)] = SnappedPixel.close(pixel.place).rawValue }
        }
      }
      first = end
    }
  }

  /// Whether a run of one colour is a step of a gradient: on both sides colours go on by small steps, away from each other, and no
  /// sooner than two runs further. An area's soft edges begin on one side, or are short beside it.
  private func isSlope(_ line: Line, _ run: Range<Int>, _ color: Color) -> Bool {
    guard let after = ascent(line, from: run.upperBound, 1, color, atLeast: run.count),
      let before = ascent(line, from: run.lowerBound - 1, -1, color, atLeast: run.count)
    else { return false }
    let dot = (after &* before).wrappedSum()
    let product = (after &* after).wrappedSum() * (before &* before).wrappedSum()
    // At 120 degrees or more.
    return dot < 0 && 4 * dot * dot >= product
  }

  /// How far colours have gone from a run's, eight levels in all channels together, by steps of at most four levels a channel; `nil`
  /// where they do not go so far, or do so in fewer pixels than two such runs have.
  private func ascent(_ line: Line, from first: Int, _ step: Int, _ color: Color, atLeast runCount: Int)
    -> SIMD4<Int>?
  {
    var last = color
    var position = first
    var distance = 1
    let limit = 2 * reach
    while position >= 0, position < line.count, distance <= limit {
      let next = self.color(line.place(position))
      guard next.isWithin(4, of: last) else { return nil }
      let way = SIMD4<Int>(next) &- SIMD4(color)
      if abs(way[0]) + abs(way[1]) + abs(way[2]) >= 8 { return distance >= 2 * runCount ? way : nil }
      last = next
      position += step
      distance += 1
    }
    return nil
  }

  /// Whether colours go gradually from one pixel's to another's: at seven pixels between them they lie on the way from one to the other,
  /// one after the other but for eight levels, and no step is longer than half of the way and than eight levels.
  /// - Parameters:
  ///   - stride: To the next place on the way.
  ///   - distance: So many of these.
  func isGradual(from index: Int, _ stride: Int, _ distance: Int) -> Bool {
    let first = color(index)
    let last = color(index + distance * stride)
    var before = 0
    for part in 1...8 {
      let at = index + distance * part / 8 * stride
      guard !isTransparent(at), let (dot, length) = color(at).place(from: first, to: last) else {
        return false
      }
      let step = dot - before
      let isShort = step * step <= 64 * length
      guard isShort || (step > 0 && 2 * step <= length) else { return false }
      if step > 0 { before = dot }
    }
    return true
  }
}
