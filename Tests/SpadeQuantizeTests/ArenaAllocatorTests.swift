import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct ArenaAllocatorTests {
  private func allocate(_ buffers: (Int, ClosedRange<Int>)...) -> ArenaAllocator {
    ArenaAllocator(buffers.map { LiveBuffer(byteCount: $0.0, life: $0.1) })
  }

  @Test func nothingNeedsNothing() {
    #expect(allocate().byteCount == 0)
  }

  @Test func buffersThatNeverMeetShareBytes() {
    let arena = allocate((64, 0...1), (128, 2...3), (64, 4...9))
    #expect(arena.offsets == [0, 0, 0])
    #expect(arena.byteCount == 128)
  }

  /// A step reads the one while it writes the other.
  @Test func buffersThatMeetInOneStepDoNot() {
    let arena = allocate((64, 0...2), (128, 2...3))
    #expect(arena.offsets == [128, 0])
    #expect(arena.byteCount == 192)
  }

  /// ```
  /// bytes     step 0   1   2   3   4
  /// 192 … 255      a   a   a   a
  ///   0 … 191      b   b   c   c   d (128)
  /// ```
  @Test func aPlanDrawnByHand() {
    let arena = allocate((64, 0...3), (192, 0...1), (192, 2...3), (128, 4...4))
    #expect(arena.offsets == [192, 0, 0, 0])
    #expect(arena.byteCount == 256)
  }

  /// Between the second and the fourth buffer 64 bytes are left, which the last one fits.
  @Test func aHoleIsFilled() {
    let arena = allocate((256, 0...9), (192, 0...4), (128, 3...9), (64, 5...9), (64, 0...1))
    #expect(arena.offsets == [0, 256, 448, 256, 448])
    #expect(arena.byteCount == 576)
  }

  /// A residual block: each step reads one buffer and writes the next, and one spans them all. Step 1 needs 128 + 256 + 128
  /// bytes, and that is enough.
  @Test func aKnownOptimum() {
    let arena = allocate((128, 0...1), (256, 1...2), (64, 2...3), (128, 3...4), (128, 0...3), (64, 4...5))
    #expect(arena.byteCount == 512)
  }

  /// In each, one order alone reaches the bytes that live at once: the largest first, the longest-lived first, the order of
  /// birth.
  @Test func theBestOfThreeOrdersCounts() {
    let bySize = allocate((256, 2...4), (192, 4...5), (64, 0...3))
    #expect(bySize.offsets == [0, 256, 256])
    #expect(bySize.byteCount == 448)
    let byLife = allocate((256, 3...6), (256, 2...5), (128, 0...2), (192, 0...0))
    #expect(byLife.offsets == [0, 256, 0, 128])
    #expect(byLife.byteCount == 512)
    let byBirth = allocate((256, 4...4), (192, 3...4), (64, 1...3), (256, 1...1))
    #expect(byBirth.offsets == [192, 0, 256, 0])
    #expect(byBirth.byteCount == 448)
  }

  /// Whatever lives at the same time lies apart; the arena ends where the last buffer does, and no smaller than what lives
  /// at once.
  @Test(arguments: UInt64(1)...200) func placesAreApart(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let buffers = (0..<random.integer(in: 1...24)).map { _ in
      let start = random.integer(in: 0...19)
      return LiveBuffer(
        byteCount: 64 * random.integer(in: 1...9), life: start...(start + random.integer(in: 0...8)))
    }
    let arena = ArenaAllocator(buffers)
    let ends = buffers.indices.map { arena.offsets[$0] + buffers[$0].byteCount }
    #expect(arena.byteCount == ends.max())
    for a in buffers.indices {
      for b in 0..<a where buffers[a].life.overlaps(buffers[b].life) {
        #expect(ends[a] <= arena.offsets[b] || ends[b] <= arena.offsets[a], "buffers \(a) and \(b)")
      }
    }
    for step in 0..<28 {
      let live = buffers.filter { $0.life.contains(step) }.reduce(0) { $0 + $1.byteCount }
      #expect(live <= arena.byteCount, "step \(step)")
    }
  }
}
