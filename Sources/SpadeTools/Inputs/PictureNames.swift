import SpadeFiles

/// The pictures of a folder, told by the endings of their names.
package struct PictureNames {
  /// PNGs and JPEGs, in order.
  let read: [String]
  /// Pictures of other kinds, in order.
  let others: [String]

  private static let endings = [".png", ".jpg", ".jpeg"]
  private static let otherEndings = [
    ".bmp", ".webp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".tga", ".ppm", ".pgm",
    ".psd", ".xcf",
    ".kra", ".ora", ".svg", ".jfif",
  ]

  /// - Parameter more: Endings of other files that are read here.
  init(in folder: String, and more: [String] = []) throws(Failure) {
    let names: [String]
    do { names = try Folder.names(in: folder).filter { !$0.hasPrefix(".") } } catch {
      throw Failure("\(folder) is not a folder that can be read; check the path and its permissions.")
    }
    read = names.filter { name in (Self.endings + more).contains { name.lowercased().hasSuffix($0) } }
    others = names.filter { name in Self.otherEndings.contains { name.lowercased().hasSuffix($0) } }
  }

  /// That some of a folder's pictures are left out, in a sentence.
  func note(of folder: String) -> String? {
    guard let first = others.first else { return nil }
    let names = others.count == 1 ? first : "\(first) and \(others.count - 1) more like it"
    return
      "note: \(folder) also holds \(names), of a kind that is not read; convert \(others.count == 1 ? "it" : "them") to PNG or JPEG."
  }

  /// A name without its ending for each file. Of those that differ in their endings alone the PNG has the short name, or the first
  /// where there is none, and the others take their ending along: `a.png`, `a.jpg` become `a`, `a-jpg`.
  package static func stems(of paths: [String]) -> [String] {
    func isPNG(_ path: String) -> Bool { path.lowercased().hasSuffix(".png") }
    var taken = Set(paths.filter(isPNG).map { Path.stem(of: $0) })
    return paths.map { path in
      let stem = Path.stem(of: path)
      guard !isPNG(path), !taken.insert(stem).inserted else { return stem }
      let ending = Path.lastPart(of: path).dropFirst(stem.count + 1).lowercased()
      return ending.isEmpty ? stem : "\(stem)-\(ending)"
    }
  }
}
