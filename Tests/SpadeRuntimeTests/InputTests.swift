import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// What the runtime refuses before it begins.
@Suite struct InputTests {
  /// Makes a runtime in memory that lacks bytes or does not begin where it should.
  private func start(
    _ network: TinyNetwork = .plain, threadCount: Int = 1, missing: Int = 0, offset: Int = 0
  ) throws {
    let run = try ModelRun(try network.file().bytes)
    let byteCount = Runtime.arenaByteCount(model: run.model, threadCount: max(threadCount, 1))
    let memory = GuardedMemory(byteCount: byteCount + offset)
    defer { withExtendedLifetime((run, memory)) {} }
    let arena = UnsafeMutableRawBufferPointer(rebasing: memory.bytes[offset..<(offset + byteCount - missing)])
    _ = try Runtime(model: run.model, arena: arena, kernels: .best, threadCount: threadCount)
  }

  /// Begins a frame.
  private func begin(
    _ network: TinyNetwork, _ map: LabelMap, style: [Float] = [], missingPictureBytes: Int = 0
  ) throws {
    let run = try ModelRun(try network.file().bytes)
    _ = try run.withRuntime(pictureByteCount: run.model.pictureByteCount - missingPictureBytes) {
      try $0.begin(map, style: style, picture: $1)
    }
  }

  @Test(arguments: TinyNetwork.allCases, [1, 2, 5]) func oneByteLess(
    _ network: TinyNetwork, threadCount: Int
  ) throws {
    try start(network, threadCount: threadCount)
    let run = try ModelRun(try network.file().bytes)
    let required = Runtime.arenaByteCount(model: run.model, threadCount: threadCount)
    #expect(throws: InputError.arenaTooSmall(required: required, given: required - 1)) {
      try start(network, threadCount: threadCount, missing: 1)
    }
  }

  @Test(arguments: [1, 16, 32]) func misalignedArena(offset: Int) {
    #expect(throws: InputError.arenaMisaligned) { try start(offset: offset) }
  }

  @Test(arguments: [-1, 0, 65]) func threadCount(_ count: Int) {
    #expect(throws: InputError.threadCount(count)) { try start(threadCount: count) }
  }

  @Test func mostThreads() throws { try start(threadCount: 64) }

  @Test func labelCount() {
    #expect(throws: InputError.labelCount(required: 64 * 64, given: 64 * 63)) {
      try begin(.plain, LabelMap(width: 64, height: 63, ids: [UInt16](repeating: 0, count: 64 * 63)))
    }
  }

  @Test func edgeCount() throws {
    let network = TinyNetwork.instanceEdges
    let run = try ModelRun(try network.file().bytes)
    let labels = network.flatMap().ids
    #expect(throws: InputError.labelCount(required: labels.count, given: 100)) {
      _ = try run.withRuntime { runtime, picture in
        try labels.withUnsafeBufferPointer { labels in
          try [UInt8](repeating: 0, count: 100).withUnsafeBufferPointer { edges in
            try runtime.begin(
              labels: labels, edges: edges, style: UnsafeBufferPointer(start: nil, count: 0), picture: picture
            )
          }
        }
      }
    }
  }

  @Test(arguments: [6, 7, 32768, 65535] as [UInt16]) func unknownLabel(id: UInt16) {
    let flat = TinyNetwork.plain.flatMap()
    var ids = flat.ids
    ids[64 * 5 + 9] = id
    let map = LabelMap(width: flat.width, height: flat.height, ids: ids)
    #expect(throws: InputError.unknownLabel(id: Int(id), x: 9, y: 5, labelCount: 6)) {
      try begin(.plain, map)
    }
  }

  @Test func edgesMissing() {
    let flat = TinyNetwork.instanceEdges.flatMap()
    let map = LabelMap(width: flat.width, height: flat.height, ids: flat.ids)
    #expect(throws: InputError.edgesMissing) { try begin(.instanceEdges, map) }
  }

  @Test func edgesUnexpected() {
    let flat = TinyNetwork.plain.flatMap()
    let edges = [UInt8](repeating: 0, count: flat.ids.count)
    let map = LabelMap(width: flat.width, height: flat.height, ids: flat.ids, edges: edges)
    #expect(throws: InputError.edgesUnexpected) { try begin(.plain, map) }
  }

  @Test func styleCount() {
    #expect(throws: InputError.styleCount(required: 12, given: 11)) {
      try begin(.style, TinyNetwork.style.flatMap(), style: [Float](repeating: 0, count: 11))
    }
    #expect(throws: InputError.styleCount(required: 0, given: 1)) {
      try begin(.plain, TinyNetwork.plain.flatMap(), style: [0])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func styleNotFinite(_ value: Float) {
    var style = [Float](repeating: 0, count: 12)
    style[7] = value
    #expect(throws: InputError.styleNotFinite(index: 7)) {
      try begin(.style, TinyNetwork.style.flatMap(), style: style)
    }
  }

  @Test func pictureSize() {
    #expect(throws: InputError.pictureSize(required: 64 * 64 * 3, given: 64 * 64 * 3 - 1)) {
      try begin(.plain, TinyNetwork.plain.flatMap(), missingPictureBytes: 1)
    }
  }
}
