import Foundation

/// Files that a reader refuses, kept for trying them on a whole program, which may run on another processor.
public enum HostileFile {
  /// Where they are kept: the environment's `SPADE_KEEP_HOSTILE`, if it is set.
  private static let folder = ProcessInfo.processInfo.environment["SPADE_KEEP_HOSTILE"]

  /// Keeps a file that was refused because of `error`: one for every error, whatever its numbers.
  /// - Parameter kind: The name's ending: `spade`, `png` or `npy`.
  public static func keep(_ bytes: [UInt8], kind: String, error: some Error) {
    guard let folder else { return }
    let words = "\(error)".split { !$0.isASCII || !$0.isLetter }
    let path = "\(folder)/\(words.joined(separator: "-")).\(kind)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: path) {
      try? Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
  }
}
