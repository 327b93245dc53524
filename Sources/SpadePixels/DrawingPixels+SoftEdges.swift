// Soft edges of a drawing: bands that go from one area's colour to another's over many pixels, as a soft brush leaves them, or all across the
// picture, as a gradient tool does. On its way the blend of two classes' colours may come close to a third class's, which nobody drew.

extension DrawingPixels {
  var longSide: Int { width > height ? width : height }

  /// As far as a side is taken without a look at the pixels on the way to it, in pixels.
  var reach: Int { longSide > 256 ? longSide / 16 : 16 }

  /// Marks the close pixels that were drawn as they are. They are *steady*: both in their row and in their column a neighbour has exactly
  /// the same colour; where that is not the place's own within a level, as after lossy compression, all four have it; and they lie on no
  /// slope. A blend changes from pixel to pixel across its band, or by steps of a few levels. So every line of two or more pixels is
  /// steady, and a blend hardly ever. A single pixel is, if it and all around it have their places' own colours: no soft edge passes there.
  func markSteady(_ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) {
    for index in 0..<width * height {
      let pixel = SnappedPixel(rawValue: pixels[index])
      guard pixel.isClose else { continue }
      let (x, y) = (index % width, index / width)
      let color = self.color(index)
      // Beyond the drawing's border it goes on.
      let left = x == 0 || self.color(index - 1) == color
      let right = x == width - 1 || self.color(index + 1) == color
      let above = y == 0 || self.color(index - width) == color
      let below = y == height - 1 || self.color(index + width) == color
      let isSteady =
        isExact(index, pixel, colors)
        ? ((left || right) && (above || below)) || isHardAround(x, y, pixels, colors)
        : left && right && above && below
      if isSteady { pixels[index] = pixel.steady.rawValue }
    }
    unmarkSlopes(colors, pixels)
  }

  /// Gives close pixels of soft edges the nearer side. Only steady pixels, which stay, are looked at.
  /// - Parameter pairs: Between which the drawing has blends.
  /// - Returns: How many changed.
  func takeSides(_ colors: PixelColors, _ pairs: BlendPairs, _ pixels: UnsafeMutablePointer<UInt16>) -> Int {
    var count = 0
    for index in 0..<width * height {
      let pixel = SnappedPixel(rawValue: pixels[index])
      guard pixel.isClose, !pixel.isSteady,
        let side = sides(of: index, pixels, colors)?.nearer ?? side(of: index, in: pairs, pixels, colors),
        side != pixel.place
      else { continue }
      pixels[index] = SnappedPixel.close(side).rawValue
      count += 1
    }
    return count
  }

  /// The nearer side for a pixel without a close colour. Where no steady sides fit, the ridges of soft lines nearby are sides too.
  func side(
    of index: Int, _ pairs: BlendPairs, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors
  ) -> Int? {
    sides(of: index, pixels, colors)?.nearer
      ?? sides(of: index, pixels, colors, steady: false, leastDistance: 1)?.nearer
      ?? side(of: index, in: pairs, pixels, colors)
  }

  /// The steady sides of a pixel that is not steady itself.
  func sides(of index: Int, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors) -> Sides? {
    let pixel = SnappedPixel(rawValue: pixels[index])
    // A line of a single pixel in a class's own colour, with hard edges, was drawn.
    let isDrawn = pixel.isClose && isExact(index, pixel, colors)
    return sides(of: index, pixels, colors, steady: true, leastDistance: isDrawn ? 2 : 1)
  }

  /// The places between whose colours a pixel's lies.
  struct Sides {
    let nearer: Int
    let other: Int
  }

  /// Two sides whose blends a pixel's colour is near; of several such pairs the closest.
  /// - Parameters:
  ///   - isSteady: Whether sides have to be steady; otherwise pixels of a class's own colour are enough.
  ///   - leastDistance: Of the farther side, in pixels.
  private func sides(
    of index: Int, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors, steady isSteady: Bool,
    leastDistance: Int
  ) -> Sides? {
    var places = SIMD8<Int32>(repeating: -1)
    var distances = SIMD8<Int32>(repeating: 0)
    for direction in 0..<8 {
      guard let found = anchor(index, direction, pixels, colors, isSteady) else { continue }
      (places[direction], distances[direction]) = (Int32(found.place), Int32(found.distance))
    }
    let color = self.color(index)
    var (best, bestLength): (Sides?, Int32) = (nil, .max)
    for first in 0..<7 where places[first] >= 0 {
      for second in first + 1..<8 where places[second] >= 0 && places[second] != places[first] {
        let length = distances[first] + distances[second]
        guard length < bestLength, distances[first] >= leastDistance || distances[second] >= leastDistance,
          let isSecond = color.isNearerLast(of: colors[Int(places[first])], colors[Int(places[second])])
        else { continue }
        let (nearer, other) = isSecond ? (second, first) : (first, second)
        (best, bestLength) = (Sides(nearer: Int(places[nearer]), other: Int(places[other])), length)
      }
    }
    return best
  }

  /// The first side in one of eight directions: its place, and how far it is. Sides are areas: the farther they are the fewer pixels are
  /// looked at, so that no drawing takes long. One that is farther than `reach` has to be steady, and colours lead to it gradually.
  /// - Parameter isGradual: Whether colours have to lead gradually to a side within `reach`, too.
  func anchor(
    _ index: Int, _ direction: Int, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors,
    _ isSteady: Bool, gradual isGradual: Bool = false
  ) -> (place: Int, distance: Int)? {
    let dx = Int(SIMD8<Int8>(1, -1, 0, 0, 1, -1, 1, -1)[direction])
    let dy = Int(SIMD8<Int8>(0, 0, 1, -1, 1, -1, -1, 1)[direction])
    let (x, y) = (index % width, index / width)
    let farthest = isSteady ? longSide : reach
    let across = dx == 0 ? farthest : dx < 0 ? x : width - 1 - x
    let down = dy == 0 ? farthest : dy < 0 ? y : height - 1 - y
    let limit = min(min(across, down), farthest)
    let stride = dy &* width &+ dx
    guard limit > 0 else { return nil }
    var distance = 1
    while true {
      let at = index &+ distance &* stride
      let pixel = SnappedPixel(rawValue: pixels[at])
      if pixel.isSteady || (!isSteady && pixel.isClose && isExact(at, pixel, colors)) {
        let isNear = !isGradual && distance <= reach
        return isNear || self.isGradual(from: index, stride, distance) ? (pixel.place, distance) : nil
      }
      guard distance < limit else { return nil }
      // The last one too: a gradient may leave no more than the border of its sides.
      distance = min(distance &+ (distance < 4 ? 1 : distance / 4), limit)
    }
  }

  /// Whether each of the eight pixels around one has its place's own colour, within a level.
  private func isHardAround(_ x: Int, _ y: Int, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors)
    -> Bool
  {
    for row in max(y - 1, 0)...min(y + 1, height - 1) {
      for column in max(x - 1, 0)...min(x + 1, width - 1) {
        let pixel = SnappedPixel(rawValue: pixels[row * width + column])
        guard pixel.isClose, isExact(row * width + column, pixel, colors) else { return false }
      }
    }
    return true
  }

  /// Whether a close pixel has its place's own colour, within a level.
  private func isExact(_ index: Int, _ pixel: SnappedPixel, _ colors: PixelColors) -> Bool {
    colors[pixel.place].isWithin(1, of: color(index))
  }
}

extension Color {
  /// The place of this colour on the straight way between two others, as the dot product with it: 0 at the first, `length`, the way's
  /// squared length, at the last. `nil` more than 16 levels off, and where both are the same.
  func place(from first: Color, to last: Color) -> (dot: Int, length: Int)? {
    let way = SIMD4<Int>(last) &- SIMD4(first)
    let place = SIMD4<Int>(self) &- SIMD4(first)
    let length = (way &* way).wrappedSum()
    let dot = (way &* place).wrappedSum()
    // The squared distance from the way between both, times its squared length.
    let off: Int
    if dot <= 0 {
      off = squaredDistance(to: first) * length
    } else if dot >= length {
      off = squaredDistance(to: last) * length
    } else {
      off = squaredDistance(to: first) * length - dot * dot
    }
    return length > 0 && off <= 16 * 16 * length ? (dot, length) : nil
  }

  /// Whether a blend of two colours is nearer to the last of them; `nil` for a colour that is more than 16 levels away from every blend.
  /// In whole numbers, so that every machine finds the same.
  func isNearerLast(of first: Color, _ last: Color) -> Bool? {
    guard let (dot, length) = place(from: first, to: last) else { return nil }
    return 2 * dot >= length
  }
}

extension SIMD4<Int> {
  init(_ color: Color) { self.init(Int(color.red), Int(color.green), Int(color.blue), 0) }
}
