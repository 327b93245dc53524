import SpadePixels

extension IndexImage {
  /// Nearest-neighbour resize by Pillow's rule (`Image.resize` with `NEAREST`), aspect ratio not kept.
  /// - Parameters:
  ///   - width: In pixels, positive.
  ///   - height: In pixels, positive.
  public func resized(width: Int, height: Int) -> IndexImage {
    if width == self.width && height == self.height { return self }
    let columns = nearestSources(inputCount: self.width, outputCount: width)
    let rows = nearestSources(inputCount: self.height, outputCount: height)
    var resized = [UInt16]()
    resized.reserveCapacity(width * height)
    for row in rows {
      let start = row * self.width
      for column in columns { resized.append(values[start + column]) }
    }
    return IndexImage(uncheckedWidth: width, height: height, values: resized)
  }
}

/// For each output position along an axis, the input position it is taken from: `NearestSources`.
/// - Returns: `outputCount` numbers in `0..<inputCount`, ascending.
func nearestSources(inputCount: Int, outputCount: Int) -> [Int] {
  var sources = NearestSources(inputCount: inputCount, outputCount: outputCount)
  return (0..<outputCount).map { _ in sources.next() }
}
