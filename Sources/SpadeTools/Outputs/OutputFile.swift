import CSpadeSystem
import SpadeImage

/// Where a command's result goes. Checked before the work begins; written whole or not at all.
package struct OutputFile {
  package let path: String

  /// Makes sure that a file at `path` can be written, without touching it.
  package init(checking path: String) throws(Failure) {
    self.path = path
    let result = spade_file_check_output(path)
    switch result.status {
    case spade_file_ok: break
    case spade_file_is_folder: throw Failure(path, .outputIsDirectory)
    default: throw Failure(path, .cannotWrite(errno: result.error))
    }
  }

  /// Whether the name ends in `.npy`, in any case.
  package var isArray: Bool { path.lowercased().hasSuffix(".npy") }

  /// Whether the result is a file; otherwise it may be standard output itself.
  package var isFile: Bool { spade_file_is_regular(path) != 0 }

  /// Prints a line about the result where it cannot mix with it.
  package func report(_ line: String) { if isFile { Standard.output(line) } else { Standard.error(line) } }

  package func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      try bytes.withUnsafeBufferPointer { (bytes) throws(ImageError) in try File.write(bytes, to: path) }
    } catch {
      throw Failure(path, error)
    }
  }

  package func write(_ picture: Picture) throws(Failure) {
    do { try picture.write(png: path) } catch { throw Failure(path, error) }
  }

  package func write(_ array: NPYArray) throws(Failure) {
    do { try array.write(npy: path) } catch { throw Failure(path, error) }
  }
}
