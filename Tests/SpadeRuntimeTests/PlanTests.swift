import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeQuantize
@testable import SpadeRuntime

/// Bands, window capacities, tiles and chunks decide memory and speed, never the picture.
@Suite struct PlanTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    var firstBandedBlock: Int
    var bandRowCount: Int
    var chunkPixelCount = 4096
    /// Windows kept, for levels outside and inside bands.
    var whole: Double
    var band: Double
    var taps: Double
    /// Tiles a round, outside and inside bands.
    var wholeTiles = 0
    var bandTiles = 0
    /// Whether the next picture of the same map finds windows, A and B again.
    var keepsAffines = false
    var testDescription: String {
      "banded from \(firstBandedBlock), \(bandRowCount) rows, chunk \(chunkPixelCount), windows \(whole) and \(band), "
        + "taps \(taps), tiles \(wholeTiles) and \(bandTiles), kept \(keepsAffines)"
    }
  }

  /// Nothing banded, room for every window, all pixels at once, no tap tables, no tiles.
  static let roomiest = Variant(
    firstBandedBlock: 99, bandRowCount: 4096, chunkPixelCount: 1 << 24, whole: 1e6, band: 1e6, taps: 0)

  static let variants = [
    Variant(firstBandedBlock: 0, bandRowCount: 2, whole: 0, band: 0, taps: 0, bandTiles: 1),
    Variant(
      firstBandedBlock: 0, bandRowCount: 3, whole: 0.1, band: 0.1, taps: 1, wholeTiles: 3, bandTiles: 7),
    Variant(
      firstBandedBlock: 2, bandRowCount: 4, whole: 1.5, band: 0, taps: 0.3, wholeTiles: 1, bandTiles: 5),
    Variant(
      firstBandedBlock: 4, bandRowCount: 7, chunkPixelCount: 64, whole: 0, band: 2, taps: 4, wholeTiles: 64),
    Variant(firstBandedBlock: 5, bandRowCount: 8, whole: 0.3, band: 0.3, taps: 1e6, bandTiles: 256),
    Variant(firstBandedBlock: 6, bandRowCount: 16, chunkPixelCount: 1, whole: 0, band: 1.5, taps: 1e6),
    Variant(
      firstBandedBlock: 7, bandRowCount: 1, chunkPixelCount: 200, whole: 0, band: 0, taps: 2, wholeTiles: 256,
      bandTiles: 32),
    Variant(
      firstBandedBlock: 99, bandRowCount: 16, chunkPixelCount: 100, whole: 1e6, band: 0, taps: 1e6,
      wholeTiles: 9),
  ]

  @Test(arguments: TinyNetwork.allCases) func samePicture(_ network: TinyNetwork) throws {
    let planned = try PlannedModel(network)
    let roomiest = try ModelRun(planned.file(Self.roomiest))
    let style = network.styleVector(seed: 3)
    let maps = [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()]
    let expected = try maps.map { try roomiest.frame($0, style: style).checksum }
    for variant in Self.variants {
      let run = try ModelRun(planned.file(variant))
      for (index, map) in maps.enumerated() {
        let frame = try run.frame(map, style: style, threadCount: 1 + index)
        #expect(
          frame.checksum == expected[index] && frame.isIntact, "\(variant.testDescription), map \(index)")
      }
    }
  }

  /// Tap tables are there once a thread, so more threads in the same arena have less room for them.
  @Test func aBudgetCountsTheThreads() throws {
    let planned = try PlannedModel(.wideKernel)
    func arena(_ file: [UInt8], _ threadCount: Int) throws -> Int {
      Runtime.arenaByteCount(model: try ModelRun(file).model, threadCount: threadCount)
    }
    let single = planned.file(byteCount: 1 << 20)
    let roomy = try arena(single, 1) + 64 * 1024
    for threadCount in [2, 4, 8] {
      let smallest = try arena(
        planned.file(byteCount: 1, threadCount: threadCount), threadCount)
      for byteCount in [smallest + 16 * 1024, smallest + 128 * 1024, roomy + smallest] {
        let file = planned.file(byteCount: byteCount, threadCount: threadCount)
        #expect(try arena(file, threadCount) <= byteCount, "\(threadCount) threads, \(byteCount) bytes")
      }
    }
    let crowded = planned.file(byteCount: roomy, threadCount: 8)
    #expect(try arena(crowded, 8) < arena(single, 8))
  }

  /// With few places the windows of a noise map are numbered again and again, those of one class once.
  @Test func windowsAreNumberedAnewWhereTheyDoNotFit() throws {
    let network = TinyNetwork.plain
    let planned = try PlannedModel(network)
    let small = try ModelRun(planned.file(Self.variants[0]))
    let large = try ModelRun(planned.file(Self.roomiest))
    let noise = try small.generations(network.noiseMap())
    #expect(noise.last! > 8)
    #expect(try large.generations(network.noiseMap()).allSatisfy { $0 == 1 })
    #expect(try small.generations(network.flatMap()).allSatisfy { $0 == 1 })
  }
}

extension ModelRun {
  /// How often each level's windows are numbered in a frame.
  fileprivate func generations(_ map: LabelMap) throws -> [UInt32] {
    try withRuntime { runtime, picture in
      try runtime.begin(map, style: [], picture: picture)
      runtime.run()
      return (0..<model.levelCount).map { runtime.level(LevelIndex($0)).generation }
    }.result
  }
}
