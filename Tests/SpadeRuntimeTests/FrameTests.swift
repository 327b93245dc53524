import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// Whole frames of small networks.
@Suite struct FrameTests {
  /// The largest number of windows and the smallest run in the same arena, with every set and thread count alike.
  @Test(arguments: TinyNetwork.allCases) func extremeMaps(_ network: TinyNetwork) throws {
    let run = try ModelRun(try network.file().bytes)
    let style = network.styleVector(seed: 2)
    for map in [network.noiseMap(), network.flatMap(), network.flatMap(id: 0)] {
      let expected = try run.frame(map, style: style, kernels: supportedKernels[0])
      #expect(expected.isIntact)
      for kernels in supportedKernels {
        for threadCount in [1, 2, 3, 8] {
          let frame = try run.frame(map, style: style, kernels: kernels, threadCount: threadCount)
          #expect(
            frame.checksum == expected.checksum && frame.isIntact,
            "set \(kernels.index), \(threadCount) threads")
        }
      }
    }
  }

  /// What the arena held before does not show.
  @Test(arguments: TinyNetwork.allCases) func arenaContentsDoNotMatter(_ network: TinyNetwork) throws {
    let run = try ModelRun(try network.file().bytes)
    let style = network.styleVector(seed: 2)
    let map = network.maps(1, seed: 4)[0]
    let checksums = try [UInt8(0), 0x5A, 0xFF].map {
      try run.frame(map, style: style, arenaFill: $0).checksum
    }
    #expect(Set(checksums).count == 1)
  }

  /// Frames follow each other in one arena without a trace.
  @Test(arguments: TinyNetwork.allCases) func framesDoNotMix(_ network: TinyNetwork) throws {
    let run = try ModelRun(try network.file().bytes)
    let style = network.styleVector(seed: 2)
    let maps = [network.noiseMap(), network.maps(1)[0], network.flatMap(), network.noiseMap(seed: 2)]
    let alone = try maps.map { try run.frame($0, style: style).checksum }
    let together = try run.withRuntime(threadCount: 2) { runtime, picture in
      try maps.map { map in
        try runtime.begin(map, style: style, picture: picture)
        runtime.run()
        return Checksum.of(UnsafeRawBufferPointer(picture))
      }
    }
    #expect(together.result == alone && together.isIntact)
  }

  /// The file carries a map, a style and the checksum of their picture.
  @Test(arguments: TinyNetwork.allCases) func builtInTestCase(_ network: TinyNetwork) throws {
    let run = try ModelRun(try network.file().bytes)
    let (map, style) = run.testCase
    let isFirstMap = map == network.maps(4)[0]
    #expect(isFirstMap)
    #expect(style.count == network.configuration.styleCount ?? 0)
    for kernels in supportedKernels {
      #expect(try run.frame(map, style: style, kernels: kernels).checksum == run.model.testChecksum)
    }
  }

  @Test func aStyleDecidesThePicture() throws {
    let network = TinyNetwork.style
    let run = try ModelRun(try network.file().bytes)
    let map = network.maps(1)[0]
    let checksums = try [1, 2, 3, 1].map {
      try run.frame(map, style: network.styleVector(seed: $0)).checksum
    }
    #expect(checksums[0] == checksums[3])
    #expect(Set(checksums).count == 3)
  }

  /// Styles are clipped to −8 … 8 (and one step less at the top).
  @Test func largeStylesAreClipped() throws {
    let network = TinyNetwork.style
    let run = try ModelRun(try network.file().bytes)
    let map = network.maps(1)[0]
    let count = network.configuration.styleCount ?? 0
    for (value, bound) in [(Float.greatestFiniteMagnitude, Float(8)), (-1e30, -8), (9, 16383 / 2048)] {
      let clipped = try run.frame(map, style: [Float](repeating: value, count: count))
      let same = try run.frame(map, style: [Float](repeating: bound, count: count))
      #expect(clipped.checksum == same.checksum && clipped.isIntact)
    }
  }
}
