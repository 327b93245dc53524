import SpadeModel
import Testing

/// Sizes by hand.
@Suite struct ArenaLayoutTests {
  /// Offsets of 49 taps, two rows of 64 places and 4·64·16 accumulators: 29,440 bytes of every thread.
  @Test func scratch() {
    let plain = ScratchLayout(tapCount: 9, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: 64)
    #expect(plain.byteCount == 29_440)
    #expect(ScratchLayout.outputOffsets == 12_544 && ScratchLayout.residualOffsets == 12_800)
    #expect(ScratchLayout.accumulators == 13_056 && ScratchLayout.tapTable == 29_440)
    #expect(
      ScratchLayout(tapCount: 9, tapRowCapacity: 7, usesTiles: false, pictureChannelCount: 64).byteCount
        == 29_440 + 7
        * 9 * 64)
    // 5 taps of 768 channels and the biases, after 4 KiB of accumulators.
    let wide = ScratchLayout(tapCount: 9, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: 768)
    #expect(wide.byteCount == 13_056 + 4096 + 128 + 5 * 768 * 16)
    // 36 points of 128 rows of 16 int16 weights and 64 bytes, 36 · 32 · 16 int32 sums, 64 · 16 · 16 int32 pixels.
    let tiles = ScratchLayout(tapCount: 9, tapRowCapacity: 7, usesTiles: true, pictureChannelCount: 64)
    #expect(tiles.byteCount == 29_440 + 36 * (128 * 16 * 2 + 64) + 36 * 32 * 64 + 64 * 16 * 64)
  }

  @Test func arena() {
    let scratch = ScratchLayout(tapCount: 1, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: 64)
    let layout = ArenaLayout(planByteCount: 1000, encoder: nil, scratch: scratch, threadCount: 3)
    #expect(layout.scratch == 1024 && layout.scratchByteCount == 29_440)
    #expect(layout.pool == 1024 + 3 * 29_440)
    #expect(layout.runtime == layout.pool + 4416 && layout.byteCount == layout.runtime + 256)
  }

  /// A photo needs two bytes of codes and four of sums for each of 128·128 pixels of 16 channels; the pixel outside has codes.
  @Test func theEncoderWorksWhereThePlanHasItsBuffers() {
    let encoder = EncoderLayout(channelUnit: 16, styleCount: 12)
    let scratch = ScratchLayout(tapCount: 9, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: 64)
    func start(_ planByteCount: Int) -> Int {
      ArenaLayout(planByteCount: planByteCount, encoder: encoder, scratch: scratch, threadCount: 1).scratch
    }
    let photo = 2 * 16 * (128 * 128 + 2) + 4 * 16 * 128 * 128
    #expect(start(1000) == photo && start(photo - 1) == photo && start(photo + 1) == photo + 64)
  }
}
