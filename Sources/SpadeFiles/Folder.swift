import CSpadeSystem

/// Folders.
public enum Folder {
  public static func isThere(_ path: String) -> Bool {
    FileName.withBytes(path) { spade_folder_is_there($0) } != 0
  }

  /// Makes a folder, and those it lies in. One that is there is left as it is.
  public static func make(_ path: String) throws(FileError) {
    try FileName.withBytes(path) { spade_folder_make($0) }.checkOutput()
  }

  /// The names in a folder, in order, hidden ones included.
  public static func names(in path: String) throws(FileError) -> [String] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let result = FileName.withBytes(path) { spade_folder_list($0, &bytes, &count) }
    defer { spade_file_free(bytes) }
    try result.check()
    // Safe: spade_folder_list succeeded, so `count` bytes lie at `bytes`.
    return UnsafeBufferPointer(start: bytes, count: count).split(separator: 0)
      .map { FileName.text(Array($0)) }.sorted()
  }
}
