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

/// For each output position along an axis, the input position it is taken from.
///
/// `floor((position + 0.5) · inputCount / outputCount)` as Pillow computes it: the step between centres is a
/// rounded `Double` and is added up, so where the exact quotient is whole the result may be one less. For
/// output counts that are powers of two every sum is exact.
/// - Returns: `outputCount` numbers in `0..<inputCount`, ascending.
func nearestSources(inputCount: Int, outputCount: Int) -> [Int] {
  precondition(inputCount > 0 && outputCount > 0)
  let step = Double(inputCount) / Double(outputCount)
  var center = step * 0.5
  var sources = [Int]()
  sources.reserveCapacity(outputCount)
  for _ in 0..<outputCount {
    sources.append(min(Int(center), inputCount - 1))
    center += step
  }
  return sources
}
