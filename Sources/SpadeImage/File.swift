import CSpadeSystem

/// Whole files, in and out.
public enum File {
  /// The most that is read from one file, in bytes.
  package static let byteLimit = 256 << 20

  /// The bytes of the file, pipe or device at `path`, at most `byteLimit`.
  package static func read(_ path: String, byteLimit: Int = File.byteLimit) throws(ImageError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let result = spade_file_read(path, byteLimit, &bytes, &count)
    defer { spade_file_free(bytes) }
    switch result.status {
    case spade_file_ok: break
    case spade_file_is_folder: throw .isDirectory
    case spade_file_too_large: throw .fileTooLarge(byteLimit: byteLimit)
    case spade_file_no_memory: throw .outOfMemory
    case spade_file_cannot_open: throw .cannotOpen(errno: result.error)
    default: throw .cannotRead(errno: result.error)
    }
    // Safe: spade_file_read succeeded, so `count` bytes lie at `bytes`.
    return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Makes `bytes` the content of `path`, or leaves everything as it was: written beside it, then renamed. Pipes and
  /// devices are written straight into.
  public static func write(_ bytes: UnsafeBufferPointer<UInt8>, to path: String) throws(ImageError) {
    let result = spade_file_write(path, bytes.baseAddress, bytes.count)
    switch result.status {
    case spade_file_ok: break
    case spade_file_is_folder: throw .outputIsDirectory
    case spade_file_no_memory: throw .outOfMemory
    default: throw .cannotWrite(errno: result.error)
    }
  }
}

/// An `errno` in a few words.
func reason(_ errno: Int32) -> String {
  if let words = spade_file_reason(errno) { String(cString: words) } else { "system error \(errno)" }
}
