import SpadeInput
import Testing

@testable import SpadeQuantize

/// Which maps clipped values are counted on, and by which codes.
@Suite struct UnseenMapsTests {
  private func input(mapCount: Int, drawingCount: Int) -> CompilerInput {
    let configuration = GeneratorConfiguration(
      classCount: 4, hasUnknownClass: false, hasEdges: false, channelUnit: 1, hiddenChannelCount: 4,
      width: 32,
      height: 32)
    var random = SplitMix64(seed: 2)
    func maps(_ count: Int, seed: UInt64) -> [LabelMap] {
      count == 0
        ? []
        : ProceduralMaps.maps(count: count, labelCount: 4, width: 32, height: 32, hasEdges: false, seed: seed)
    }
    return CompilerInput(
      generator: random.generator(configuration), maps: maps(mapCount, seed: 7),
      drawings: maps(drawingCount, seed: 0),
      provenance: .init(
        checkpoint: "", checkpointChecksum: "", calibration: "", calibrationMapCount: 0, compiler: ""))
  }

  private func unseen(_ input: CompilerInput) throws -> (UnseenMaps, Ranges) {
    let ranges = Ranges(
      generator: input.generator, maps: input.maps + input.drawings, styles: [],
      heldBack: UnseenMaps.indices(of: input))
    return (try UnseenMaps(input, ranges, styles: []), ranges)
  }

  @Test func aQuarterOfTheMapsAndFourAtMost() {
    func indices(_ mapCount: Int, drawings: Int = 1) -> [Int] {
      UnseenMaps.indices(of: input(mapCount: mapCount, drawingCount: drawings))
    }
    #expect(indices(7) == [])
    #expect(indices(8) == [3, 7])
    #expect(indices(13) == [3, 7, 11])
    #expect(indices(40) == [3, 13, 23, 33])
    // Drawings that stand in for maps.
    #expect(indices(16, drawings: 0) == [])
  }

  @Test func heldBackMapsAreCountedByCodesWithoutThem() throws {
    let given = input(mapCount: 8, drawingCount: 1)
    let (unseen, ranges) = try self.unseen(given)
    #expect(unseen.areHeldBack && unseen.maps == [given.maps[3], given.maps[7]])
    let others = [0, 1, 2, 4, 5, 6].map { given.maps[$0] } + given.drawings
    let without = Ranges(generator: given.generator, maps: others, styles: [])
    for (name, intervals) in ranges.seen {
      #expect(
        intervals.low == without.modulated[name]?.low && intervals.high == without.modulated[name]?.high)
    }
    var visited: [Int] = []
    let clipped = unseen.clippedValues(of: given.generator) { visited.append($0) }
    #expect(visited == [0, 1])
    #expect(clipped.layers.count == ranges.modulated.count)
    #expect(clipped.layers.last?.name == "conv_img" && clipped.layers.last?.count == 2 * 32 * 32)
  }

  @Test func withFewMapsTheyAreDrawings() throws {
    let given = input(mapCount: 3, drawingCount: 2)
    let (unseen, ranges) = try self.unseen(given)
    #expect(!unseen.areHeldBack && unseen.maps.count == 5)
    #expect(unseen.maps.allSatisfy { !(given.maps + given.drawings).contains($0) })
    for (name, intervals) in ranges.seen { #expect(intervals.high == ranges.modulated[name]?.high) }
  }
}
