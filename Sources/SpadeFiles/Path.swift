/// Parts of paths, by their text alone.
public enum Path {
  /// The last part of a path.
  public static func lastPart(of path: String) -> String {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"))
    return parts.last.map { String(decoding: $0, as: UTF8.self) } ?? path
  }

  /// The last part of a path without its ending.
  public static func stem(of path: String) -> String {
    let name = lastPart(of: path)
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.utf8.startIndex else {
      return name
    }
    return String(name[..<dot])
  }

  /// The path of what is called `name` in a folder.
  public static func joined(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
  }

  /// The folder that the file or folder at `path` lies in.
  public static func parent(of path: String) -> String {
    let slash = UInt8(ascii: "/")
    let last = lastPart(of: path)
    if last == "." || last == ".." { return "\(path)/.." }
    var bytes = Array(path.utf8)
    while bytes.last == slash { bytes.removeLast() }
    while let end = bytes.last, end != slash { bytes.removeLast() }
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    return bytes.isEmpty ? (path.utf8.first == slash ? "/" : ".") : String(decoding: bytes, as: UTF8.self)
  }
}
