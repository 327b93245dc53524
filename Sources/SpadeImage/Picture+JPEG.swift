import CSpadeJPEG

extension Picture {
  /// Whether a file with this content is a JPEG, good or damaged.
  public static func isJPEG(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { spade_jpeg_is_jpeg($0.baseAddress, $0.count) } != 0
  }

  /// Reads a JPEG, a file in memory, and turns it upright as its Exif orientation says. Gray is repeated; no colour profile is
  /// applied.
  public init(jpegBytes: [UInt8]) throws(ImageError) {
    let header = jpegBytes.withUnsafeBufferPointer { spade_jpeg_read_header($0.baseAddress, $0.count) }
    try header.check()
    let count = Int(header.width) * Int(header.height) * 3
    try checkMemory(count)
    var result = spade_jpeg_result()
    // Safe: the decoder fills exactly `count` bytes or reports an error, and then they are not used.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      result = jpegBytes.withUnsafeBufferPointer {
        spade_jpeg_read_rgb($0.baseAddress, $0.count, bytes.baseAddress, count)
      }
      filled = result.status == spade_jpeg_ok ? count : 0
    }
    try result.check()
    try self.init(width: Int(result.width), height: Int(result.height), bytes: bytes)
  }
}

extension spade_jpeg_result {
  /// Throws unless the reading succeeded.
  fileprivate func check() throws(ImageError) {
    switch status {
    case spade_jpeg_ok: break
    case spade_jpeg_not_jpeg: throw .notJPEG
    case spade_jpeg_truncated: throw .truncatedJPEG
    case spade_jpeg_unsupported: throw .unsupportedJPEG
    case spade_jpeg_too_large: throw .tooLarge(width: Int(width), height: Int(height))
    case spade_jpeg_no_memory: throw .outOfMemory
    default: throw .corruptJPEG
    }
  }
}
