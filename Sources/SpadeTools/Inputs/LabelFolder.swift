import SpadeFiles
import SpadeInput
import SpadeQuantize
import SpadeTools

/// A folder of label maps, and where the network reads instance borders the instance maps that go with them.
struct LabelFolder {
  struct Entry {
    let name: String
    let labels: String
    let instances: String?
  }

  /// In the order of their names.
  let entries: [Entry]

  /// Lists the PNG files of a folder, or of its subfolder `labels`.
  /// - Parameters:
  ///   - instances: The folder of instance maps with the same names; otherwise `instances` beside the label maps'
  ///     folder.
  ///   - hasEdges: Whether the network needs instance maps.
  init(path: String, instances: String?, hasEdges: Bool) throws {
    var folder = path
    var names = try Self.pictures(in: path)
    if names.isEmpty, Folder.isThere(Path.joined(path, "labels")) {
      folder = Path.joined(path, "labels")
      names = try Self.pictures(in: folder)
    }
    guard !names.isEmpty else {
      throw Failure("\(path) holds no label maps; give a folder of PNG files.")
    }
    if let instances, !hasEdges {
      throw Failure(
        "\(instances) cannot be used because the network does not read instance borders; leave --instances out."
      )
    }
    let instanceFolder = instances ?? Path.joined(Path.parent(of: folder), "instances")
    entries = try names.map { name in
      let labels = Path.joined(folder, name)
      guard hasEdges else { return Entry(name: name, labels: labels, instances: nil) }
      let instance = Path.joined(instanceFolder, name)
      guard FileIdentity(instance)?.isThere == true else {
        throw Failure(
          "\(labels) needs an instance map because the network reads instance borders; put one at \(instance)."
        )
      }
      return Entry(name: name, labels: labels, instances: instance)
    }
  }

  /// The files of all maps.
  var paths: [String] { entries.flatMap { [$0.labels] + ($0.instances.map { [$0] } ?? []) } }

  /// Every map at the network's size.
  func maps(by reading: LabelReading) throws -> [LabelMap] {
    try entries.map { try reading.map(labels: $0.labels, instances: $0.instances) }
  }

  private static func pictures(in folder: String) throws -> [String] {
    do {
      return try Folder.names(in: folder).filter { $0.lowercased().hasSuffix(".png") }
    } catch {
      throw Failure("\(folder) is not a folder that can be read; check the path and its permissions.")
    }
  }
}
