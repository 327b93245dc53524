import CSpadeSystem

/// A file's bytes as memory that can only be read, while the value lives.
public final class MappedFile {
  public let bytes: UnsafeRawBufferPointer

  /// - Parameter isCopied: Whether the bytes stay as they are whatever happens to the file, at the price of memory for all of
  ///   it. Otherwise the file must not be changed or shortened in place while the value lives; it may be replaced.
  public init(path: String, isCopied: Bool = false) throws(FileError) {
    var start: UnsafePointer<UInt8>?
    var count = 0
    try FileName.withBytes(path) { spade_file_map($0, isCopied ? 1 : 0, &start, &count) }.check()
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit { spade_file_unmap(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) }
}
