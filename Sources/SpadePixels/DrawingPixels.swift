/// A picture whose colours stand for ids, in memory of the caller.
public struct DrawingPixels {
  /// In pixels.
  let width: Int
  let height: Int
  /// `[height, width, 4]`: red, green, blue, alpha.
  let rgba: UnsafePointer<UInt8>

  /// - Parameters:
  ///   - width: In pixels, positive, and so is `height`.
  ///   - rgba: `[height, width, 4]`: red, green, blue, alpha.
  public init(width: Int, height: Int, rgba: UnsafePointer<UInt8>) {
    self.width = width
    self.height = height
    self.rgba = rgba
  }

  /// Gives every pixel the place of a colour.
  ///
  /// A pixel with a close colour, which differs by eight levels a channel at most, takes the nearest. Any other pixel is taken
  /// for one of a smoothed edge: it takes the nearest of the colours that are close to a pixel of the 5 × 5 around it, so
  /// that no third class appears between two; where there is none, the nearer side of the soft edge or gradient that it lies in, or the
  /// nearest of all. Between two sides a pixel takes the nearer one also where a third colour is close to its own.
  /// - Parameters:
  ///   - colors: At least one place has a colour.
  ///   - pixels: `[height, width]`, written: what `SnappedPixel` says.
  /// - Returns: How many pixels took a side though a third colour is close.
  @discardableResult
  public func snap(to colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) -> Int {
    takeClose(colors, pixels)
    markSteady(colors, pixels)
    let pairs = blendPairs(colors, pixels)
    let blendCount = takeSides(colors, pairs, pixels)
    for index in 0..<width * height where pixels[index] == SnappedPixel.open.rawValue {
      pixels[index] = settled(index, pairs, pixels, colors).rawValue
    }
    return blendCount
  }

  /// Whether a pixel is fully transparent.
  func isTransparent(_ index: Int) -> Bool { rgba[4 * index + 3] == 0 }

  func color(_ index: Int) -> Color {
    Color(red: rgba[4 * index], green: rgba[4 * index + 1], blue: rgba[4 * index + 2])
  }

  /// Pixels without a close colour stay open.
  private func takeClose(_ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) {
    var last: Color?
    var lastPixel = SnappedPixel.open
    for index in 0..<width * height {
      guard !isTransparent(index) else {
        pixels[index] = SnappedPixel.transparent.rawValue
        continue
      }
      let color = self.color(index)
      if color != last {
        last = color
        lastPixel = if let place = colors.close(to: color) { .close(place) } else { .open }
      }
      pixels[index] = lastPixel.rawValue
    }
  }

  /// What becomes of a pixel without a close colour. Pixels around it that took one in the same way do not count.
  private func settled(
    _ index: Int, _ pairs: BlendPairs, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors
  ) -> SnappedPixel {
    if let place = place(around: index, pixels, colors) { return .strange(place) }
    if let side = side(of: index, pairs, pixels, colors) { return .blend(side) }
    return .strange(colors.nearest(to: color(index)) ?? 0)
  }

  /// The nearest place of those of the 5 × 5 pixels around one.
  private func place(around index: Int, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors) -> Int?
  {
    let color = self.color(index)
    let (x, y) = (index % width, index / width)
    var best: Int?
    var bestDistance = Int.max
    for row in max(y - 2, 0)...min(y + 2, height - 1) {
      for column in max(x - 2, 0)...min(x + 2, width - 1) {
        let candidate = SnappedPixel(rawValue: pixels[row * width + column])
        guard !candidate.isTransparent, !candidate.isStrange else { continue }
        let distance = colors[candidate.place].squaredDistance(to: color)
        if distance < bestDistance || (distance == bestDistance && candidate.place < best ?? .max) {
          (best, bestDistance) = (candidate.place, distance)
        }
      }
    }
    return best
  }
}
