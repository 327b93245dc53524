import CSpadeSystem
import SpadeFiles

/// The small text files in which Linux shows what it knows.
package enum SystemText {
  private static let byteLimit = 1 << 20

  /// The text without line ends and zeros at its end, or `nil` where there is none to read.
  package static func read(_ path: String) -> String? {
    guard var bytes = try? File.read(path, byteLimit: byteLimit) else { return nil }
    while let last = bytes.last, last == 0 || last == 0x0A || last == 0x20 { bytes.removeLast() }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The value of an environment variable, or `nil` where it is not set.
  package static func environment(_ name: String) -> String? {
    name.withCString { name in spade_environment(name).map { FileName.text($0) } }
  }

  /// `share/spade` beside the folder `bin` that the running program lies in, as an archive has them.
  package static var sharedFolder: String? { spade_shared_folder().map { FileName.text($0) } }

  package static func number(_ path: String) -> Int? { read(path).flatMap { Int($0) } }

  /// What follows `key`, spaces and a colon on the first line of `path` that begins with it.
  package static func field(_ key: String, of path: String) -> String? {
    guard let text = read(path) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }

  /// A number of kB, as `/proc` has it, in bytes.
  package static func byteCount(_ key: String, of path: String) -> Int? {
    field(key, of: path)?.split(separator: " ").first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}
