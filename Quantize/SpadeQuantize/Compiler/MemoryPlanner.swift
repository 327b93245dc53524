import SpadeModel

/// Gives every buffer of a schedule a place in the arena.
///
/// - A buffer lives from the first step that writes it through the last that reads it.
/// - Two buffers may share bytes when their lives do not overlap.
/// - Buffers are placed largest first, each at the lowest place where it fits between those already placed.
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

  /// Fills in the offsets.
  /// - Returns: The arena's bytes.
  mutating func place() -> Int {
    let order = buffers.indices.sorted {
      (buffers[$1].byteCount, $0) < (buffers[$0].byteCount, $1)
    }
    var placed: [Int] = []
    var highWater = 0
    for index in order {
      let buffer = buffers[index]
      let others = placed.map { buffers[$0] }
        .filter { $0.firstStep <= buffer.lastStep && buffer.firstStep <= $0.lastStep }
        .sorted { $0.offset < $1.offset }
      var offset = 0
      for other in others {
        if offset + Int(buffer.byteCount) <= Int(other.offset) { break }
        offset = max(offset, Int(other.offset) + Int(other.byteCount))
      }
      buffers[index].offset = UInt32(offset)
      highWater = max(highWater, offset + Int(buffer.byteCount))
      placed.append(index)
    }
    return highWater
  }
}
