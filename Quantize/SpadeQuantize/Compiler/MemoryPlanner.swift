import SpadeModel

/// Gives every buffer of a schedule a place in the arena.
///
/// - A buffer lives from the first step that writes it through the last that reads it.
/// - Two buffers may share bytes when their lives do not overlap.
/// - Buffers are placed one after the other, each at the lowest place where it fits between those already placed.
struct MemoryPlanner {
  /// Buffers in index order, without a place.
  private(set) var buffers: [BufferRecord] = []

  mutating func add(_ buffer: BufferRecord) -> UInt32 {
    buffers.append(buffer)
    return UInt32(buffers.count - 1)
  }

  mutating func use(_ buffer: UInt32, at step: Int) {
    let index = Int(buffer)
    buffers[index].firstStep = min(buffers[index].firstStep, UInt32(step))
    buffers[index].lastStep = max(buffers[index].lastStep, UInt32(step))
  }

  /// Fills in the offsets: of a few orders of placing, the one that needs the smallest arena.
  /// - Returns: The arena's bytes.
  mutating func place() -> Int {
    let bySize = buffers.indices.sorted { (buffers[$1].byteCount, $0) < (buffers[$0].byteCount, $1) }
    let byLife = bySize.sorted { life($0) > life($1) }
    let byStart = bySize.sorted { buffers[$0].firstStep < buffers[$1].firstStep }
    let attempts = [bySize, byLife, byStart].map { placed(in: $0) }
    // Safe: three attempts were made.
    let best = attempts.min { $0.highWater < $1.highWater }.unsafelyUnwrapped
    for index in buffers.indices { buffers[index].offset = UInt32(best.offsets[index]) }
    return best.highWater
  }

  private func life(_ index: Int) -> UInt32 { buffers[index].lastStep - buffers[index].firstStep }

  private func placed(in order: [Int]) -> (offsets: [Int], highWater: Int) {
    var offsets = [Int](repeating: 0, count: buffers.count)
    var placed: [Int] = []
    var highWater = 0
    for index in order {
      let buffer = buffers[index]
      var offset = 0
      // `placed` is kept in the order of offsets.
      for other in placed
      where buffers[other].firstStep <= buffer.lastStep && buffer.firstStep <= buffers[other].lastStep {
        if offset + Int(buffer.byteCount) <= offsets[other] { break }
        offset = max(offset, offsets[other] + Int(buffers[other].byteCount))
      }
      offsets[index] = offset
      highWater = max(highWater, offset + Int(buffer.byteCount))
      placed.insert(index, at: placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex)
    }
    return (offsets, highWater)
  }
}
