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

  /// As C's aligned_alloc wants it.
  @Test(arguments: TinyNetwork.allCases) func theSizeIsAMultipleOf64(_ network: TinyNetwork) throws {
    let model = try ModelRun(network.file().bytes).model
    for threadCount in ArenaLayout.threadCounts {
      let byteCount = Runtime.arenaByteCount(model: model, threadCount: threadCount)
      #expect(byteCount % ModelFormat.alignment == 0, "\(threadCount) threads")
    }
  }

  /// The first frame reads nothing of what was in the arena: not even to compare it with its own symbols.
  @Test(arguments: TinyNetwork.allCases) func whatTheArenaHeldDoesNotMatter(_ network: TinyNetwork) throws {
    let run = try ModelRun(network.file().bytes)
    let (map, style) = run.testCase
    let frames = try [0x00, 0x01, 0xA5, 0xFF].map { fill in
      try run.withRuntime(threadCount: 2, arenaFill: fill) { runtime, picture in
        let symbols = UnsafeBufferPointer(start: runtime.symbols, count: run.model.width * run.model.height)
        #expect(symbols.allSatisfy { $0 == 0 })
        try runtime.begin(map, style: style, picture: picture)
        runtime.run()
        #expect(Checksum.of(UnsafeRawBufferPointer(picture)) == run.model.testChecksum)
        return runtime.productCount
      }
    }
    #expect(Set(frames.map(\.result)).count == 1 && frames.allSatisfy(\.isIntact))
  }

  /// An arena that another runtime of the model has left, with all that it keeps for the same map: the work is that of a first frame.
  @Test(arguments: TinyNetwork.allCases) func aRuntimesArenaIsTakenAnew(_ network: TinyNetwork) throws {
    let run = try ModelRun(network.file().bytes)
    let (map, style) = run.testCase
    let arena = GuardedMemory(byteCount: Runtime.arenaByteCount(model: run.model, threadCount: 1))
    let picture = GuardedMemory(byteCount: run.model.pictureByteCount, alignment: 1)
    defer { withExtendedLifetime((run, arena, picture)) {} }
    let counts = try (0..<2).map { _ in
      var runtime = try Runtime(model: run.model, arena: arena.bytes, kernels: .best, threadCount: 1)
      try runtime.begin(map, style: style, picture: picture.bytes.bindMemory(to: UInt8.self))
      runtime.run()
      #expect(Checksum.of(UnsafeRawBufferPointer(picture.bytes)) == run.model.testChecksum)
      return runtime.productCount
    }
    #expect(counts[0] == counts[1])
  }
}
