import SpadeInput
import Testing

@testable import SpadeQuantize

/// Which maps decide nothing about a model.
@Suite struct UnseenMapsTests {
  private func configuration(styleCount: Int? = nil) -> GeneratorConfiguration {
    GeneratorConfiguration(
      classCount: 4, hasUnknownClass: false, hasEdges: false, channelUnit: 1, width: 32, height: 32,
      styleCount: styleCount)
  }

  private func maps(_ count: Int) -> [LabelMap] {
    ProceduralMaps.maps(count: count, labelCount: 4, width: 32, height: 32, hasEdges: false, seed: 7)
  }

  @Test func aQuarterOfTheMapsAndFourAtMost() {
    #expect(UnseenMaps.indices(of: maps(7)) == [])
    #expect(UnseenMaps.indices(of: maps(8)) == [3, 7])
    #expect(UnseenMaps.indices(of: maps(13)) == [3, 7, 11])
    #expect(UnseenMaps.indices(of: maps(40)) == [3, 13, 23, 33])
  }

  /// A copy of a map that decides tells nothing new.
  @Test func mapsThatAreThereTwiceAreNotHeldBack() {
    var given = maps(12)
    given[8] = LabelMap(
      width: given[8].width, height: given[8].height, ids: given[3].ids, edges: given[8].edges)
    #expect(UnseenMaps.indices(of: given) == [7, 11])
    #expect(UnseenMaps.indices(of: [LabelMap](repeating: given[0], count: 9)) == [])
  }

  @Test func withFewMapsTheyAreDrawingsThatCalibrationDoesNotAdd() {
    let unseen = UnseenMaps(heldBack: [], configuration())
    #expect(!unseen.areHeldBack && unseen.maps.count == 5 && unseen.styles.isEmpty)
    let drawings = ProceduralMaps.maps(count: 16, labelCount: 4, width: 32, height: 32, hasEdges: false)
    #expect(unseen.maps.allSatisfy { !drawings.contains($0) })
    // Few areas to many; of four classes no more can be told apart.
    #expect(unseen.maps.map { Set($0.ids).count } == [2, 4, 4, 4, 4])
    #expect(UnseenMaps(heldBack: maps(2), configuration()).maps == maps(2))
  }

  @Test func theirStylesAreNotThoseOfTheCalibration() {
    let configuration = configuration(styleCount: 6)
    let unseen = UnseenMaps(heldBack: maps(2), configuration)
    #expect(unseen.styles.count == 2 && unseen.styles.allSatisfy { $0.count == 6 })
    let seen = CalibrationPictures(maps(24), configuration).styles
    #expect(unseen.styles.allSatisfy { !seen.contains($0) } && unseen.styles[0] != unseen.styles[1])
  }
}
