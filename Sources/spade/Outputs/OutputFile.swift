import Foundation
import SpadeImage

/// Where a command's result goes. Checked before the work begins; written whole or not at all.
struct OutputFile {
  let path: String

  /// Makes sure that a file at `path` can be written, without touching it.
  init(checking path: String) throws {
    self.path = path
    var about = stat()
    if stat(path, &about) == 0 {
      let kind = about.st_mode & S_IFMT
      guard kind != S_IFDIR else { throw Failure(path, ImageError.outputIsDirectory) }
      guard access(path, W_OK) == 0 else { throw Failure(path, ImageError.cannotWrite(errno: errno)) }
      if kind != S_IFREG { return }
    }
    guard !path.isEmpty, !path.hasSuffix("/") else { throw Failure(path, ImageError.outputIsDirectory) }
    let folder = (path as NSString).deletingLastPathComponent
    guard access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 else {
      throw Failure(path, ImageError.cannotWrite(errno: errno))
    }
  }

  /// The name's ending, in lower case.
  var pathExtension: String { (path as NSString).pathExtension.lowercased() }

  /// Whether the result is a file; otherwise it may be standard output itself.
  var isFile: Bool {
    var about = stat()
    return stat(path, &about) != 0 || about.st_mode & S_IFMT == S_IFREG
  }

  /// Prints a line about the result where it cannot mix with it.
  func report(_ line: String) { if isFile { Standard.output(line) } else { Standard.error(line) } }

  func write(_ bytes: [UInt8]) throws {
    try about(path) { try bytes.withUnsafeBufferPointer { try File.write($0, to: path) } }
  }

  func write(_ picture: Picture) throws { try about(path) { try picture.write(png: path) } }

  func write(_ array: NPYArray) throws { try about(path) { try array.write(npy: path) } }
}
