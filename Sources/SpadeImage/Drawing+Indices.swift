extension PNGColor {
  /// Of a PNG, a file in memory.
  public init(pngBytes: [UInt8]) throws(ImageError) { self = try PNGHeader(pngBytes).color }
}

extension Drawing {
  /// Whether the colours of a palette picture, and not its indices, say which ids are meant: each is one of the ids' colours, and
  /// not always that of the index's own id.
  /// - Parameters:
  ///   - indices: Of the same picture.
  ///   - colors: Of the ids from 0 on.
  public func overrules(_ indices: IndexImage, colors: [Color?]) -> Bool {
    var isSeen = [Bool](repeating: false, count: 256)
    var isOther = false
    for index in indices.values.indices where !isSeen[Int(indices.values[index] & 255)] {
      let value = Int(indices.values[index] & 255)
      isSeen[value] = true
      guard alpha(index) > 0 else { continue }
      let color = color(index)
      if value < colors.count, colors[value] == color { continue }
      guard colors.contains(where: { $0 == color }) else { return false }
      isOther = true
    }
    return isOther
  }
}
