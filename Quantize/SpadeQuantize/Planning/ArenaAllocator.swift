/// A buffer that needs a place: its bytes, and the steps from the first that writes it through the last that reads it.
struct LiveBuffer: Equatable {
  var byteCount: Int
  var life: ClosedRange<Int>
}

/// Gives buffers their places in the arena.
///
/// - Two buffers may share bytes when their live ranges do not overlap.
/// - Buffers are placed one after the other, each at the lowest place where it fits between those already placed.
/// - Three orders are tried: the largest first, the longest-lived first, and the order in which they come to life. The first
///   that needs the smallest arena counts.
struct ArenaAllocator {
  /// For each buffer, in bytes.
  let offsets: [Int]
  /// The arena's bytes: the high-water mark.
  let byteCount: Int

  init(_ buffers: [LiveBuffer]) {
    let orders: [(Int) -> Int] = [
      { _ in 0 }, { -buffers[$0].life.count }, { buffers[$0].life.lowerBound },
    ]
    // Safe: there are three orders.
    self =
      orders.map { rank in
        ArenaAllocator(
          buffers,
          order: buffers.indices.sorted {
            (rank($0), buffers[$1].byteCount, $0) < (rank($1), buffers[$0].byteCount, $1)
          })
      }.min { $0.byteCount < $1.byteCount }.unsafelyUnwrapped
  }

  /// - Parameter order: Of placing.
  private init(_ buffers: [LiveBuffer], order: [Int]) {
    var offsets = [Int](repeating: 0, count: buffers.count)
    var byteCount = 0
    // In the order of their offsets.
    var placed: [Int] = []
    for index in order {
      let buffer = buffers[index]
      var offset = 0
      for other in placed where buffers[other].life.overlaps(buffer.life) {
        if offset + buffer.byteCount <= offsets[other] { break }
        offset = max(offset, offsets[other] + buffers[other].byteCount)
      }
      offsets[index] = offset
      byteCount = max(byteCount, offset + buffer.byteCount)
      placed.insert(index, at: placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex)
    }
    self.offsets = offsets
    self.byteCount = byteCount
  }
}
