import CSpade
import SpadeCAPI
import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTestSupport
import Testing

/// Opens a network's file as C does.
func withModel(_ network: TinyNetwork, _ body: (inout spade_model, Model) throws -> Void) throws {
  let run = try ModelRun(network.file().bytes)
  var model = spade_model()
  #expect(CSpade.spade_open(&model, run.model.bytes.baseAddress, run.model.bytes.count) == SPADE_OK)
  try body(&model, run.model)
  withExtendedLifetime(run) {}
}

/// The functions of spade.h, called as C calls them.
@Suite struct LibraryTests {
  @Test func aModelFitsItsPlace() {
    #expect(MemoryLayout<Model>.size + MemoryLayout<UInt64>.size <= MemoryLayout<spade_model>.size)
    #expect(MemoryLayout<Model>.alignment <= MemoryLayout<spade_model>.alignment)
  }

  @Test(arguments: TinyNetwork.allCases) func paintsTheTestPicture(_ network: TinyNetwork) throws {
    let (map, style) = try ModelRun(network.file().bytes).testCase
    try withModel(network) { handle, model in
      #expect(CSpade.spade_width(&handle) == model.width && CSpade.spade_height(&handle) == model.height)
      #expect(CSpade.spade_label_count(&handle) == model.labelCount)
      #expect(CSpade.spade_style_count(&handle) == style.count)
      #expect((CSpade.spade_has_edges(&handle) == 1) == model.hasEdges)
      for threadCount in [1, 3] {
        let arena = GuardedMemory(byteCount: CSpade.spade_arena_size(&handle, threadCount), fill: 0xA5)
        let picture = GuardedMemory(byteCount: CSpade.spade_picture_size(&handle), alignment: 1)
        var runtime: OpaquePointer?
        #expect(
          CSpade.spade_start(&runtime, &handle, arena.bytes.baseAddress, arena.bytes.count, threadCount)
            == SPADE_OK)
        for _ in 0..<2 {
          let rgb = picture.bytes.bindMemory(to: UInt8.self)
          #expect(CSpade.spade_paint(runtime, map.ids, map.edges, style, rgb.baseAddress) == SPADE_OK)
          #expect(Checksum.of(UnsafeRawBufferPointer(picture.bytes)) == model.testChecksum)
        }
        CSpade.spade_stop(runtime)
        #expect(arena.isIntact && picture.isIntact)
      }
    }
  }

  /// A map in three styles, another map, and the first again: each picture is that of a runtime of its own.
  @Test func stylesOfAMapAreThoseOfLonePictures() throws {
    let network = TinyNetwork.style
    try withModel(network) { handle, model in
      func pictures(_ frames: [(map: LabelMap, style: [Float])]) -> [[UInt8]] {
        let arena = GuardedMemory(byteCount: CSpade.spade_arena_size(&handle, 2), fill: 0xA5)
        var runtime: OpaquePointer?
        #expect(
          CSpade.spade_start(&runtime, &handle, arena.bytes.baseAddress, arena.bytes.count, 2) == SPADE_OK)
        defer { CSpade.spade_stop(runtime) }
        return frames.map { frame in
          var rgb = [UInt8](repeating: 0, count: model.pictureByteCount)
          #expect(CSpade.spade_paint(runtime, frame.map.ids, nil, frame.style, &rgb) == SPADE_OK)
          return rgb
        }
      }
      let maps = network.maps(2)
      let frames = [0, 0, 0, 1, 0].enumerated().map { index, map in
        (map: maps[map], style: network.styleVector(seed: UInt64(index)))
      }
      let alone = frames.map { pictures([$0])[0] }
      #expect(pictures(frames) == alone)
      #expect(Set(alone).count == alone.count)
    }
  }

  /// What reports print is what C has to find.
  @Test func theArenaIsTheRuntimes() throws {
    try withModel(.plain) { handle, model in
      for threadCount in [1, 2, 64] {
        let byteCount = CSpade.spade_arena_size(&handle, threadCount)
        #expect(byteCount == Runtime.arenaByteCount(model: model, threadCount: threadCount))
      }
    }
  }

  @Test func aPhotoHasTheStoredStyle() throws {
    try withModel(.style) { handle, model in
      #expect(CSpade.spade_has_encoder(&handle) == 1)
      #expect(Int(SPADE_PHOTO_SIDE * SPADE_PHOTO_SIDE * 3) == testPhoto.count)
      let arena = GuardedMemory(byteCount: CSpade.spade_arena_size(&handle, 2))
      var runtime: OpaquePointer?
      #expect(
        CSpade.spade_start(&runtime, &handle, arena.bytes.baseAddress, arena.bytes.count, 2) == SPADE_OK)
      defer { CSpade.spade_stop(runtime) }
      var style = [Float](repeating: .nan, count: CSpade.spade_style_count(&handle))
      #expect(CSpade.spade_encode(runtime, nil, &style) == SPADE_NULL_ARGUMENT)
      #expect(style.allSatisfy { $0.isNaN })
      #expect(CSpade.spade_encode(runtime, testPhoto, &style) == SPADE_OK)
      #expect(style.withUnsafeBytes { Checksum.of($0) } == model.testStyleChecksum)
    }
    try withModel(.plain) { handle, _ in
      #expect(CSpade.spade_has_encoder(&handle) == 0)
      let arena = GuardedMemory(byteCount: CSpade.spade_arena_size(&handle, 1))
      var runtime: OpaquePointer?
      #expect(
        CSpade.spade_start(&runtime, &handle, arena.bytes.baseAddress, arena.bytes.count, 1) == SPADE_OK)
      defer { CSpade.spade_stop(runtime) }
      var style: [Float] = [7]
      #expect(CSpade.spade_encode(runtime, testPhoto, &style) == SPADE_ENCODER_MISSING && style == [7])
    }
  }

  @Test func wrongCallsAreRefused() throws {
    let (map, style) = try ModelRun(TinyNetwork.style.file().bytes).testCase
    try withModel(.style) { handle, model in
      let size = CSpade.spade_arena_size(&handle, 2)
      let arena = GuardedMemory(byteCount: size + 64)
      var runtime: OpaquePointer?
      #expect(CSpade.spade_arena_size(&handle, 0) == 0 && CSpade.spade_arena_size(&handle, 65) == 0)
      let base = arena.bytes.baseAddress
      #expect(CSpade.spade_start(&runtime, &handle, base, size - 1, 2) == SPADE_ARENA_TOO_SMALL)
      #expect(CSpade.spade_start(&runtime, &handle, base.map { $0 + 1 }, size, 2) == SPADE_ARENA_MISALIGNED)
      #expect(CSpade.spade_start(&runtime, &handle, base, size, 65) == SPADE_BAD_THREAD_COUNT)
      #expect(CSpade.spade_start(&runtime, nil, base, size, 2) == SPADE_NULL_ARGUMENT)
      #expect(runtime == nil)
      #expect(CSpade.spade_start(&runtime, &handle, base, size, 2) == SPADE_OK)
      defer { CSpade.spade_stop(runtime) }
      var rgb = [UInt8](repeating: 7, count: model.pictureByteCount)
      var high = map.ids
      high[5] = UInt16(model.labelCount)
      #expect(CSpade.spade_paint(runtime, high, nil, style, &rgb) == SPADE_UNKNOWN_LABEL)
      #expect(CSpade.spade_paint(runtime, map.ids, nil, nil, &rgb) == SPADE_STYLE_MISSING)
      let infinite = [Float](repeating: .infinity, count: style.count)
      #expect(CSpade.spade_paint(runtime, map.ids, nil, infinite, &rgb) == SPADE_STYLE_NOT_FINITE)
      let edges = [UInt8](repeating: 0, count: map.ids.count)
      #expect(CSpade.spade_paint(runtime, map.ids, edges, style, &rgb) == SPADE_EDGES_UNEXPECTED)
      #expect(CSpade.spade_paint(runtime, nil, nil, style, &rgb) == SPADE_NULL_ARGUMENT)
      #expect(rgb.allSatisfy { $0 == 7 })
    }
  }

  @Test func nullIsAnswered() {
    #expect(CSpade.spade_width(nil) == 0 && CSpade.spade_height(nil) == 0)
    #expect(CSpade.spade_picture_size(nil) == 0 && CSpade.spade_label_count(nil) == 0)
    #expect(CSpade.spade_unknown_label(nil) == -1 && CSpade.spade_style_count(nil) == 0)
    #expect(CSpade.spade_has_edges(nil) == 0 && CSpade.spade_has_encoder(nil) == 0)
    #expect(CSpade.spade_arena_size(nil, 1) == 0 && CSpade.spade_kernels(nil) == nil)
    #expect(CSpade.spade_paint(nil, nil, nil, nil, nil) == SPADE_NULL_ARGUMENT)
    #expect(CSpade.spade_encode(nil, nil, nil) == SPADE_NULL_ARGUMENT)
    #expect(CSpade.spade_class_count(nil) == 0 && CSpade.spade_class_name(nil, 0, nil, 0) == 0)
    #expect(CSpade.spade_class_color(nil, 0) == -1 && CSpade.spade_saved_style_size(nil) == 0)
    #expect(CSpade.spade_seed_style(nil, 0, nil) == SPADE_NULL_ARGUMENT)
    #expect(CSpade.spade_read_style(nil, nil, 0, nil) == SPADE_NULL_ARGUMENT)
    #expect(CSpade.spade_write_style(nil, nil, nil) == SPADE_NULL_ARGUMENT)
    CSpade.spade_stop(nil)
  }

  @Test func aDamagedFileIsRefused() throws {
    var file = try TinyNetwork.plain.file()
    file.bytes[file.bytes.count - 1] ^= 1
    let memory = GuardedMemory(file.bytes)
    var model = spade_model()
    #expect(CSpade.spade_open(&model, memory.bytes.baseAddress, file.bytes.count) == SPADE_SECTION_CHECKSUM)
    #expect(CSpade.spade_open(&model, memory.bytes.baseAddress, 3) == SPADE_TOO_SHORT)
    #expect(CSpade.spade_open(&model, nil, 3) == SPADE_NULL_ARGUMENT)
  }

  @Test func everyStatusHasATextOfItsOwn() {
    let numbers: [UInt32] =
      Array(0...2) + Array(16...35) + Array(64...67) + Array(80...86) + Array(96...99) + Array(112...115)
    let texts = numbers.map { String(cString: spade_status_text(spade_status($0))) }
    #expect(
      Set(texts).count == texts.count && texts.allSatisfy { !$0.isEmpty && !$0.contains("not a status") })
    #expect(String(cString: spade_status_text(spade_status(100))).contains("not a status"))
  }
}
