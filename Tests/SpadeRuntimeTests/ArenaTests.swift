import CSpadeKernels
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// `ArenaLayout` states sizes of things that other modules define.
@Suite struct ArenaTests {
  @Test func theLayoutHasRoomForWhatItNames() {
    #expect(ThreadPool.byteCount == ArenaLayout.poolByteCount)
    #expect(MemoryLayout<Runtime>.size <= ArenaLayout.runtimeByteCount)
    #expect(MemoryLayout<Runtime>.alignment <= ModelFormat.alignment)
  }

  @Test func scratchHoldsTheLargestCallOfEachKernel() {
    #expect(ScratchLayout.rowCount == Int(SPADE_PRODUCT_ROWS))
    #expect(ScratchLayout.panelCount == Int(SPADE_PRODUCT_PANELS))
    #expect(ScratchLayout.tileGroupCount == Int(SPADE_WINOGRAD_TILES))
    #expect(ModelFormat.winogradPoints == Int(SPADE_WINOGRAD_POINTS))
    #expect(ModelFormat.winogradPixels == Int(SPADE_WINOGRAD_PIXELS))
    #expect(ModelFormat.winogradDepth == Int(SPADE_WINOGRAD_DEPTH))
    #expect(ModelFormat.panelColumns == Int(SPADE_PANEL_COLUMNS))
  }
}
