import SpadeInput
import SpadeQuantize
import SpadeTools

/// The maps of `quantize`: those that decide, and those that tell afterwards what was decided.
struct CalibrationMaps {
  /// For ranges, plan and test picture: the given maps that are not held back, or drawings in their place.
  let maps: [LabelMap]
  /// That join given maps, for the ranges alone: maps show few of the classes, and the network would leave the ranges they give at the
  /// first new one.
  let drawings: [LabelMap]
  /// Of the given maps that decide.
  let checksums: [String]
  let unseen: UnseenMaps
  /// What each of the unseen maps is called.
  let unseenNames: [String]

  private static let drawingCount = 16

  /// - Parameter folder: The given maps, if any.
  init(
    _ folder: LabelFolder?, by reading: LabelReading, _ configuration: GeneratorConfiguration
  ) throws {
    let drawings = ProceduralMaps.maps(
      count: Self.drawingCount, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: configuration.hasEdges)
    guard let folder else {
      Standard.error(
        "note: no --calibration folder was given, so \(drawings.count) built-in drawings are used; "
          + "label maps of the network's own kind give better pictures.")
      (maps, self.drawings, checksums) = (drawings, [], [])
      unseen = UnseenMaps(heldBack: [], configuration)
      unseenNames = Self.drawingNames
      return
    }
    let given = try folder.maps(by: reading)
    let heldBack = UnseenMaps.indices(of: given)
    maps = given.indices.filter { !heldBack.contains($0) }.map { given[$0] }
    self.drawings = drawings
    checksums = maps.map(\.checksum)
    unseen = UnseenMaps(heldBack: heldBack.map { given[$0] }, configuration)
    unseenNames =
      unseen.areHeldBack ? heldBack.map { folder.entries[$0].name } : Self.drawingNames
  }

  private static var drawingNames: [String] {
    UnseenMaps.areaCounts.map { "drawing of \($0) areas" }
  }

  /// Pictures that calibration paints, but for styles.
  var count: Int { maps.count + drawings.count }
  /// Built-in ones among them.
  var drawingCount: Int { count - checksums.count }
}
