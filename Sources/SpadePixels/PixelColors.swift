/// Colours that stand for ids, in memory of the caller.
public struct PixelColors {
  /// More than networks have classes; places are below it.
  public static let countLimit = 1 << 14

  /// `0xRRGGBB` each, negative where a place has no colour.
  let packed: UnsafeBufferPointer<Int32>

  public var count: Int { packed.count }

  /// - Parameter packed: At most `countLimit`: `0xRRGGBB`, or negative where a place has no colour.
  public init(_ packed: UnsafeBufferPointer<Int32>) {
    precondition(packed.count <= Self.countLimit)
    self.packed = packed
  }

  /// The place of the colour nearest to `color`, the first of equally near ones; `nil` where no place has a colour.
  public func nearest(to color: Color) -> Int? {
    var best: Int?
    var bestDistance = Int.max
    for place in packed.indices where packed[place] >= 0 {
      let distance = self[place].squaredDistance(to: color)
      if distance < bestDistance { (best, bestDistance) = (place, distance) }
    }
    return best
  }

  /// The place of the nearest colour if that is close.
  public func close(to color: Color) -> Int? {
    guard let place = nearest(to: color), self[place].isClose(to: color) else { return nil }
    return place
  }

  public subscript(_ place: Int) -> Color { Color(packed: packed[place]) }
}
