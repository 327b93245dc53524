import SpadeInput

/// Maps that no decision of a compilation sees: neither ranges nor moments, no plan and no test case. What a model's pictures are like on
/// them is what to expect of others.
///
/// Of eight given maps or more those are some of them: they are what the network is meant for. A quarter is held back, so that there are two
/// at least, a mean and a worst; and four at most, since each takes a picture in float32. Of fewer each counts for the ranges; then they are
/// drawings of few areas to many, and not the scenes that calibration adds: maps of photos have two to sixteen classes or more, and networks
/// whose statistics are those of the map err most where it has few areas.
public struct UnseenMaps: Sendable {
  /// Whether they are given maps, held back.
  public let areHeldBack: Bool
  public let maps: [LabelMap]
  /// One for each map, empty for a generator without style.
  public let styles: [[Float]]

  private static let leastGivenCount = 8
  private static let heldBackCount = 4
  /// Of each drawing.
  public static let areaCounts = [2, 4, 8, 16, 32]
  /// Calibration takes its seeds from 0 on, and never so many.
  public static let firstSeed: UInt64 = 1 << 32

  /// Indices of the given maps that are held back, spread over all of them: none whose labels another given map has as well.
  public static func indices(of given: [LabelMap]) -> [Int] {
    guard given.count >= leastGivenCount else { return [] }
    let spread = stride(from: 3, to: given.count, by: max(4, given.count / heldBackCount))
      .prefix(heldBackCount)
    return spread.filter { index in
      !given.indices.contains { $0 != index && given[$0].ids == given[index].ids }
    }
  }

  /// - Parameter heldBack: Given maps that the compilation does not get; may be empty.
  public init(heldBack: [LabelMap], _ configuration: GeneratorConfiguration) {
    let maps =
      !heldBack.isEmpty
      ? heldBack
      : ProceduralMaps.maps(
        areaCounts: Self.areaCounts, labelCount: configuration.labelCount, width: configuration.width,
        height: configuration.height, hasEdges: configuration.hasEdges, seed: 1)
    self.maps = maps
    areHeldBack = !heldBack.isEmpty
    styles =
      configuration.styleCount.map { count in
        maps.indices.map { NormalGenerator.style(seed: Self.firstSeed + UInt64($0), count: count) }
      } ?? []
  }
}
