import CSpadeSystem

/// Whole files, in and out.
public enum File {
  /// The most that is read from one file, in bytes.
  public static let byteLimit = 256 << 20

  /// The bytes of the file, pipe or device at `path`, at most `byteLimit`.
  public static func read(_ path: String, byteLimit: Int = File.byteLimit) throws(FileError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let result = FileName.withBytes(path) { spade_file_read($0, byteLimit, &bytes, &count) }
    defer { spade_file_free(bytes) }
    guard result.status != spade_file_too_large else { throw .tooLarge(byteLimit: byteLimit) }
    try result.check()
    guard spade_memory_is_there(count) != 0 else { throw .outOfMemory }
    // Safe: spade_file_read succeeded, so `count` bytes lie at `bytes`.
    return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Makes `bytes` the content of `path`, or leaves everything as it was; see `FileDraft`.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let draft = try FileDraft(path)
    try draft.add(bytes)
    try draft.finish()
  }

  /// When a file was written last, in nanoseconds since 1970; `nil` where there is none.
  public static func writingTime(_ path: String) -> Int64? {
    var time: Int64 = 0
    return FileName.withBytes(path) { spade_file_time($0, &time) } != 0 ? time : nil
  }

  /// Takes a file out of its folder.
  public static func remove(_ path: String) throws(FileError) {
    try FileName.withBytes(path) { spade_file_remove($0) }.check()
  }

  /// Whether `File.write` could write to `path`, without touching it.
  public static func checkOutput(_ path: String) throws(FileError) {
    try FileName.withBytes(path) { spade_file_check_output($0) }.checkOutput()
  }

  /// Whether what is written to `path` becomes a file; otherwise it goes to a pipe or a device.
  public static func isRegular(_ path: String) -> Bool {
    FileName.withBytes(path) { spade_file_is_regular($0) } != 0
  }
}

extension spade_file_result {
  /// Throws unless it says success.
  func check() throws(FileError) {
    switch status {
    case spade_file_ok: break
    case spade_file_is_folder: throw .isFolder
    case spade_file_is_stream: throw .isStream
    case spade_file_no_memory: throw .outOfMemory
    case spade_file_cannot_open: throw .cannotOpen(errno: error)
    case spade_file_cannot_write: throw .cannotWrite(errno: error)
    default: throw .cannotRead(errno: error)
    }
  }

  /// Throws unless it says success, of something to write.
  func checkOutput() throws(FileError) {
    guard status != spade_file_is_folder else { throw .outputIsFolder }
    try check()
  }
}
