import SpadeFiles
import SpadeImage
import SpadeInput

extension LabelFolder {
  /// Maps that are compared at most with those of a folder beside them.
  private static let comparedCount = 16

  /// That the maps seem to be instance maps, in sentences.
  /// - Parameter maps: One for each entry, as read.
  func instanceNotes(_ maps: [LabelMap], by reading: LabelReading) -> [String] {
    guard reading.relabelling?.mapsIds != true else { return [] }
    // Of a network with borders each map has been compared with its own instance map.
    if !reading.hasEdges, let name = nameOfSwapped() {
      return [
        "note: \(folder) seems to hold instance maps: each id of \(name) lies in one area of "
          + "\(Path.joined(labelsBeside, name)), as objects lie in areas of one class. Give the label maps, \(labelsBeside)."
      ]
    }
    var objects = NumberedObjects(labelCount: reading.labelCount)
    for map in maps { objects.add(map) }
    guard objects.lookLikeInstances else { return [] }
    return [
      "note: \(folder) seems to hold instance maps: in most of them ids are numbered from 0 or 1 on and each is one area, as objects "
        + "are. Give label maps, whose ids are those of classes."
    ]
  }

  private var labelsBeside: String { Path.joined(Path.parent(of: folder), "labels") }

  /// The first map that lies to one of the same name in `labels` beside the folder as an instance map does.
  private func nameOfSwapped() -> String? {
    guard Path.lastPart(of: folder) != "labels", Folder.isThere(labelsBeside) else { return nil }
    for entry in entries.prefix(Self.comparedCount) {
      guard let given = try? IndexImage(path: entry.labels),
        let other = try? IndexImage(path: Path.joined(labelsBeside, entry.name)),
        given.width == other.width, given.height == other.height
      else { continue }
      if looksSwapped(labels: given, instances: other) { return entry.name }
    }
    return nil
  }
}
