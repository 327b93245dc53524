extension DrawingPixels {
  /// Whether snapped pixels are those of a drawing, and not of a photo: at most half of them are near no colour and in an area whose mean
  /// is near none either. Grain on a class's colour, as of a chalk or a paper, leaves the mean where it is; a gradient lies between sides.
  /// - Parameters:
  ///   - pixels: `[height, width]`, as `snap` wrote them.
  ///   - colors: Those that they were snapped to.
  public func isDrawing(_ pixels: UnsafePointer<UInt16>, _ colors: PixelColors) -> Bool {
    let count = width * height
    var strangeCount = 0
    for index in 0..<count where SnappedPixel(rawValue: pixels[index]).isStrange { strangeCount += 1 }
    guard strangeCount * 2 > count else { return true }
    var foreignCount = 0
    for index in 0..<count {
      let pixel = SnappedPixel(rawValue: pixels[index])
      if pixel.isStrange, !pixel.isBlend, colors.close(to: mean(around: index)) == nil { foreignCount += 1 }
    }
    return foreignCount * 2 <= count
  }

  /// The mean colour of the 5 × 5 pixels around an opaque one, without those that are transparent or beyond the border; halves are rounded up.
  private func mean(around index: Int) -> Color {
    let (x, y) = (index % width, index / width)
    var sum = SIMD4<Int>(repeating: 0)
    for row in max(y - 2, 0)...min(y + 2, height - 1) {
      for column in max(x - 2, 0)...min(x + 2, width - 1) {
        let at = row * width + column
        guard !isTransparent(at) else { continue }
        let color = self.color(at)
        sum &+= SIMD4(Int(color.red), Int(color.green), Int(color.blue), 1)
      }
    }
    let count = sum[3]
    func level(_ channel: Int) -> UInt8 {
      UInt8(truncatingIfNeeded: (2 * sum[channel] + count) / (2 * count))
    }
    return Color(red: level(0), green: level(1), blue: level(2))
  }
}
