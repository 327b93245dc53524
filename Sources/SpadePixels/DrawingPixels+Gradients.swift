// Wide gradients, whose steps are so few levels that neighbours have the same colour over many pixels.

extension DrawingPixels {
  /// Takes the mark of steady pixels from those on a slope, in their row or in their column.
  func unmarkSlopes(_ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) {
    for y in 0..<height { unmarkSlopes(Line(start: y * width, count: width, stride: 1), colors, pixels) }
    for x in 0..<width { unmarkSlopes(Line(start: x, count: height, stride: width), colors, pixels) }
  }

  /// A row or a column.
  private struct Line {
    /// Places row by row: of its first pixel, and from each to the next.
    let start: Int
    let count: Int
    let stride: Int

    func place(_ position: Int) -> Int { start &+ position &* stride }
  }

  private func unmarkSlopes(_ line: Line, _ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) {
    var first = 0
    while first < line.count {
      let color = self.color(line.place(first))
      var end = first + 1
      while end < line.count, self.color(line.place(end)) == color { end += 1 }
      let pixel = SnappedPixel(rawValue: pixels[line.place(first)])
      if pixel.isClose, isSlope(line, first..<end, color, isOwn: colors[pixel.place].isWithin(1, of: color)) {
        for position in first..<end {
          let pixel = SnappedPixel(rawValue: pixels[line.place(position)])
          if pixel.isSteady { pixels[line.place(position)] = SnappedPixel.close(pixel.place).rawValue }
        }
      }
      first = end
    }
  }

  /// Whether a pixel that took no side yet is on a slope, in its row or in its column.
  func isOnSlope(_ index: Int, _ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) -> Bool {
    let (x, y) = (index % width, index / width)
    let pixel = SnappedPixel(rawValue: pixels[index])
    let isOwn = pixel.isClose && colors[pixel.place].isWithin(1, of: color(index))
    return isOnSlope(Line(start: y * width, count: width, stride: 1), x, isOwn: isOwn)
      || isOnSlope(Line(start: x, count: height, stride: width), y, isOwn: isOwn)
  }

  private func isOnSlope(_ line: Line, _ position: Int, isOwn: Bool) -> Bool {
    let color = self.color(line.place(position))
    var (first, end) = (position, position + 1)
    // A longer run is no step, as two more have to fit into the reach.
    while first > 0, position - first <= reach, self.color(line.place(first - 1)) == color { first -= 1 }
    while end < line.count, end - position <= reach, self.color(line.place(end)) == color { end += 1 }
    return isSlope(line, first..<end, color, isOwn: isOwn)
  }

  /// How colours go on from a run's.
  private struct Ascent {
    let way: SIMD4<Int>
    /// Whether it is eight levels long; otherwise an edge or the border ends it before.
    let isWhole: Bool
  }

  /// Whether a run of one colour is a step of a gradient: on both sides colours go on by small steps, away from each other, and no
  /// sooner than two runs further. An area's soft edges begin on one side, or are short beside it. Where an edge or the border cuts a
  /// gradient on one side, the other tells; but a class's own colour up to the edge is what the gradient leads to.
  /// - Parameter isOwn: Whether it is a class's own colour.
  private func isSlope(_ line: Line, _ run: Range<Int>, _ color: Color, isOwn: Bool) -> Bool {
    guard let after = ascent(line, from: run.upperBound, 1, color, atLeast: run.count),
      let before = ascent(line, from: run.lowerBound - 1, -1, color, atLeast: run.count),
      after.isWhole || before.isWhole
    else { return false }
    let dot = (after.way &* before.way).wrappedSum()
    guard after.isWhole && before.isWhole else { return isOwn ? dot < 0 : dot <= 0 }
    let product = (after.way &* after.way).wrappedSum() * (before.way &* before.way).wrappedSum()
    // At 120 degrees or more.
    return dot < 0 && 4 * dot * dot >= product
  }

  /// How far colours have gone from a run's, eight levels in all channels together, by steps of at most four levels a channel, or up to
  /// where they cannot go on; `nil` where they stay within that, or have gone as far in fewer pixels than two such runs have.
  private func ascent(_ line: Line, from first: Int, _ step: Int, _ color: Color, atLeast runCount: Int)
    -> Ascent?
  {
    var last = color
    var position = first
    var distance = 1
    let limit = 2 * reach
    while position >= 0, position < line.count {
      let next = self.color(line.place(position))
      guard distance <= limit else { return nil }
      guard next.isWithin(4, of: last) else { break }
      let way = SIMD4<Int>(next) &- SIMD4(color)
      if abs(way[0]) + abs(way[1]) + abs(way[2]) >= 8 {
        return distance >= 2 * runCount ? Ascent(way: way, isWhole: true) : nil
      }
      last = next
      position += step
      distance += 1
    }
    return Ascent(way: SIMD4<Int>(last) &- SIMD4(color), isWhole: false)
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
