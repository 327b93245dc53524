import SpadeFiles
import SpadeInput

/// A folder of label maps, and where the network reads instance borders the instance maps that go with them.
package struct LabelFolder {
  package struct Entry {
    package let name: String
    /// What its picture is called, without an ending.
    package let pictureName: String
    package let labels: String
    package let instances: String?
  }

  /// In the order of their names.
  package let entries: [Entry]
  /// Where the label maps lie.
  let folder: String

  /// Lists the PNG and JPEG files of a folder, or of its subfolder `labels`.
  /// - Parameters:
  ///   - instances: The folder of instance maps, PNGs with the same names; otherwise `instances` beside the label maps'
  ///     folder.
  ///   - hasEdges: Whether the network needs instance maps.
  package init(path: String, instances: String?, hasEdges: Bool) throws(Failure) {
    var folder = path
    var names = try PictureNames(in: path)
    if names.read.isEmpty, Folder.isThere(Path.joined(path, "labels")) {
      folder = Path.joined(path, "labels")
      names = try PictureNames(in: folder)
    }
    if let note = names.note(of: folder) { Standard.error(note) }
    guard !names.read.isEmpty else {
      throw Failure("\(path) holds no label maps; give a folder of PNG or JPEG files.")
    }
    if let instances, !hasEdges {
      throw Failure(
        "\(instances) cannot be used because the network does not read instance borders; leave --instances out."
      )
    }
    let instanceFolder = instances ?? Path.joined(Path.parent(of: folder), "instances")
    var entries: [Entry] = []
    for (name, pictureName) in zip(names.read, PictureNames.stems(of: names.read)) {
      let labels = Path.joined(folder, name)
      guard hasEdges else {
        entries.append(Entry(name: name, pictureName: pictureName, labels: labels, instances: nil))
        continue
      }
      let instance = Path.joined(instanceFolder, Path.stem(of: name) + ".png")
      guard FileIdentity(instance)?.isThere == true else {
        throw Failure(
          "\(labels) needs an instance map because the network reads instance borders; put one at \(instance)."
        )
      }
      guard instances != nil || FileIdentity(instance) != FileIdentity(labels) else {
        throw Failure(
          "\(labels) would be label map and instance map at once; give the folder of the label maps, beside "
            + "\(Path.lastPart(of: folder))/.")
      }
      entries.append(Entry(name: name, pictureName: pictureName, labels: labels, instances: instance))
    }
    self.entries = entries
    self.folder = folder
  }

  /// That pictures take another name than their maps', in a sentence.
  package var nameNote: String? {
    guard let entry = entries.first(where: { $0.pictureName != Path.stem(of: $0.name) }) else { return nil }
    return
      "note: \(entry.name) has another map's name but for its ending, so its picture is called \(entry.pictureName).png."
  }

  /// The files of all maps.
  package var paths: [String] { entries.flatMap { [$0.labels] + ($0.instances.map { [$0] } ?? []) } }

  /// Every map at the network's size. Notes are printed.
  package func maps(by reading: LabelReading) throws(Failure) -> [LabelMap] {
    let readings = try readings(by: reading)
    if let note = readings.compactMap({ $0.shapeNote }).first { Standard.error(note) }
    return readings.map { $0.map }
  }

  /// Every map at the network's size, and what became of its shape. Other notes are printed.
  package func readings(by reading: LabelReading) throws(Failure) -> [LabelReading.Reading] {
    if let first = entries.first {
      // Ids and borders.
      try requireMemory(
        4 * reading.width * reading.height * entries.count, for: Path.parent(of: first.labels))
    }
    var readings: [LabelReading.Reading] = []
    for entry in entries {
      let read = try reading.read(labels: entry.labels, instances: entry.instances)
      read.tell(ofShape: false, ofColors: false)
      readings.append(read)
    }
    if let note = readings.compactMap({ $0.colorNote }).first { Standard.error(note) }
    for note in instanceNotes(readings.map { $0.map }, by: reading) { Standard.error(note) }
    return readings
  }
}
