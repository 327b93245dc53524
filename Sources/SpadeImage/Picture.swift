import CSpadePNG
import CSpadeSystem

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

  /// Reads a PNG of any kind.
  ///
  /// Palettes are looked up, gray is repeated, 16-bit samples keep their high byte. Alpha is dropped, not
  /// blended, as `convert("RGB")` of Pillow does. No gamma or colour profile is applied.
  public init(png path: String) throws(ImageError) {
    try self.init(pngBytes: try File.read(path))
  }

  /// As `init(png:)`, of a file already in memory.
  public init(pngBytes: [UInt8]) throws(ImageError) {
    let header = try PNGHeader(pngBytes)
    let count = header.width * header.height * 3
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

  /// Writes a PNG, whole or not at all. The same picture gives the same bytes with the same libpng and zlib.
  public func write(png path: String) throws(ImageError) {
    var png: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = bytes.withUnsafeBufferPointer {
      spade_png_write_rgb($0.baseAddress, UInt32(width), UInt32(height), &png, &count)
    }
    defer { spade_file_free(png) }
    guard status == spade_png_ok else { throw .outOfMemory }
    try File.write(UnsafeBufferPointer(start: png, count: count), to: path)
  }
}
