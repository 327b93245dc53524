import CSpadePNG

/// An 8-bit RGB picture.
public struct Picture: Equatable, Sendable {
  /// In pixels, `1...PNGLimits.side`.
  public let width: Int
  public let height: Int
  /// `[height, width, 3]`: red, green, blue, in `0...255`.
  public let bytes: [UInt8]

  /// - Parameter bytes: `[height, width, 3]`: red, green, blue.
  public init(width: Int, height: Int, bytes: [UInt8]) throws(ImageError) {
    try PNGLimits.check(width: width, height: height, channels: 3, valueCount: bytes.count)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Reads a PNG of any kind, a file in memory.
  ///
  /// Palettes are looked up, gray is repeated, 16-bit samples keep their high byte. Alpha is dropped, not
  /// blended, as `convert("RGB")` of Pillow does. No gamma or colour profile is applied.
  public init(pngBytes: [UInt8]) throws(ImageError) {
    let header = try PNGHeader(pngBytes)
    let count = header.width * header.height * 3
    try checkMemory(count)
    var result = spade_png_result()
    // Safe: the decoder fills exactly `count` bytes or reports an error, and then they are not used.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      result = pngBytes.withUnsafeBufferPointer {
        spade_png_read_rgb($0.baseAddress, $0.count, bytes.baseAddress, count)
      }
      filled = result.status == spade_png_ok ? count : 0
    }
    try result.check()
    try self.init(width: header.width, height: header.height, bytes: bytes)
  }

  /// Whether a file with this content is a PNG, good or damaged.
  public static func isPNG(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  /// A PNG, a file's content. The same picture gives the same bytes with the same libpng and zlib.
  public func pngBytes() throws(ImageError) -> [UInt8] {
    try encodedPNG { spade_png_write_rgb(bytes, UInt32(width), UInt32(height), &$0, &$1) }
  }
}
