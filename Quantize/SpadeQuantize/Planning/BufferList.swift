import SpadeModel

/// The buffers of a plan while it is made: first what they are, then which steps use them, last their places.
struct BufferList {
  private var buffers: [(contents: PlannedBuffer.Contents, byteCount: Int)] = []
  /// The first and the last step that uses a buffer.
  private var lives: [ClosedRange<Int>?] = []

  /// - Parameter byteCount: Rounded up to a multiple of 64.
  mutating func add(_ contents: PlannedBuffer.Contents, byteCount: Int) -> PlannedBuffer.Index {
    buffers.append((contents, ModelFormat.padded(byteCount, to: ModelFormat.alignment)))
    lives.append(nil)
    return PlannedBuffer.Index(buffers.count - 1)
  }

  mutating func use(_ buffer: PlannedBuffer.Index, at step: Int) {
    let life = lives[buffer.position] ?? step...step
    lives[buffer.position] = min(life.lowerBound, step)...max(life.upperBound, step)
  }

  /// All buffers with their places, and the arena's bytes.
  /// - Precondition: A step uses each buffer.
  func placed() -> (buffers: List<PlannedBuffer>, byteCount: Int) {
    let live = zip(buffers, lives).map { LiveBuffer(byteCount: $0.byteCount, life: $1!) }
    let allocation = ArenaAllocator(live)
    let placed = buffers.indices.map { index in
      PlannedBuffer(
        contents: buffers[index].contents, byteCount: live[index].byteCount, life: live[index].life,
        offset: allocation.offsets[index])
    }
    return (List(placed), allocation.byteCount)
  }
}
