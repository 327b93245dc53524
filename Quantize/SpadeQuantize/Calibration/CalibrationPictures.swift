import SpadeInput

/// What calibration paints: every map, with a style of its own where the network reads one.
///
/// A style that goes along with the labels moves every pixel of every layer at once, so that ranges hang on how many styles they saw
/// as much as on the maps: then the maps are painted again, each time with other styles, until there are enough.
struct CalibrationPictures {
  /// Styles that are enough: half as many miss what some one in fifty styles does to the last block.
  private static let styleCount = 64

  /// One for each picture.
  let maps: [LabelMap]
  /// One for each picture, of the seeds 0, 1, …; empty for a network without style.
  let styles: [[Float]]

  /// - Parameter maps: Of which there is at least one.
  init(_ maps: [LabelMap], _ configuration: GeneratorConfiguration) {
    let mapCount = maps.count
    let rounds = configuration.styleJoinsLabels ? (Self.styleCount + mapCount - 1) / mapCount : 1
    let pictures = (0..<rounds).flatMap { _ in maps }
    self.maps = pictures
    styles =
      configuration.styleCount.map { count in
        pictures.indices.map { NormalGenerator.style(seed: UInt64($0), count: count) }
      } ?? []
  }
}
