// Gradients that another object cuts, and soft dabs: on one side of a pixel no area of the other class is left straight or diagonally beside
// it. Pixels elsewhere, which see both, tell between which two classes the drawing has blends.

extension DrawingPixels {
  /// As many rows or columns are asked along the longer side.
  private static let voterCount = 128

  /// What pixels with two steady sides say, of a grid of them.
  func blendPairs(_ colors: PixelColors, _ pixels: UnsafeMutablePointer<UInt16>) -> BlendPairs {
    let step = (longSide + Self.voterCount - 1) / Self.voterCount
    let (columnCount, rowCount) = (
      (width - step / 2 + step - 1) / step, (height - step / 2 + step - 1) / step
    )
    var pairs = BlendPairs()
    for voter in 0..<max(columnCount, 0) * max(rowCount, 0) {
      let index = (step / 2 + voter / columnCount * step) * width + step / 2 + voter % columnCount * step
      let pixel = SnappedPixel(rawValue: pixels[index])
      guard !pixel.isTransparent, !pixel.isSteady, let sides = sides(of: index, pixels, colors) else {
        continue
      }
      pairs.vote(for: sides.nearer, sides.other)
    }
    return pairs
  }

  /// The nearer of a pair whose blends a pixel's colour is near, and to one of which colours lead gradually from it; of several such pairs
  /// that with the most votes. On a slope between objects, where neither is in sight, of all pairs. `nil` where there is none.
  func side(
    of index: Int, in pairs: BlendPairs, _ pixels: UnsafeMutablePointer<UInt16>, _ colors: PixelColors
  ) -> Int? {
    guard pairs.count > 0 else { return nil }
    var seen = SIMD8<Int32>(repeating: -1)
    for direction in 0..<8 {
      guard let found = anchor(index, direction, pixels, colors, true, gradual: true) else { continue }
      seen[direction] = Int32(found.place)
    }
    let color = self.color(index)
    var (best, mostVotes): (Int?, Int) = (nil, 0)
    var (bestUnseen, mostUnseenVotes): (Int?, Int) = (nil, 0)
    for pair in 0..<pairs.count {
      let (first, last, votes) = pairs[pair]
      guard votes > min(mostVotes, mostUnseenVotes),
        let isLast = color.isNearerLast(of: colors[first], colors[last])
      else { continue }
      let side = isLast ? last : first
      var isSeen = false
      for direction in 0..<8 where seen[direction] == Int32(first) || seen[direction] == Int32(last) {
        isSeen = true
      }
      if isSeen, votes > mostVotes { (best, mostVotes) = (side, votes) }
      if !isSeen, votes > mostUnseenVotes { (bestUnseen, mostUnseenVotes) = (side, votes) }
    }
    guard best == nil, bestUnseen != nil, isOnSlope(index, colors, pixels) else { return best }
    return bestUnseen
  }
}
