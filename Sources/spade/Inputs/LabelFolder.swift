import Foundation
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
    if names.isEmpty, Self.isFolder(path + "/labels") {
      folder = path + "/labels"
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
    let instanceFolder =
      instances
      ?? URL(fileURLWithPath: folder).deletingLastPathComponent().appendingPathComponent("instances").path
    entries = try names.map { name in
      guard hasEdges else { return Entry(name: name, labels: "\(folder)/\(name)", instances: nil) }
      let instance = "\(instanceFolder)/\(name)"
      guard FileManager.default.fileExists(atPath: instance) else {
        throw Failure(
          "\(folder)/\(name) needs an instance map because the network reads instance borders; put one at \(instance)."
        )
      }
      return Entry(name: name, labels: "\(folder)/\(name)", instances: instance)
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Every map at the network's size.
  func maps(by reading: LabelReading) throws -> [LabelMap] {
    try entries.map { try LabelMap(labels: $0.labels, instances: $0.instances, by: reading) }
  }

  private static func pictures(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.lowercased().hasSuffix(".png") }.sorted()
    } catch {
      throw Failure("\(folder) is not a folder that can be read; check the path and its permissions.")
    }
  }
}
