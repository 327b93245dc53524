import CSpadePNG

/// A picture whose colours stand for ids: 8-bit RGB with alpha.
public struct Drawing: Equatable, Sendable {
  /// In pixels, `1...PNGLimits.side`.
  public let width: Int
  public let height: Int
  /// `[height, width, 4]`: red, green, blue, alpha.
  let bytes: [UInt8]

  /// - Parameter bytes: `[height, width, 4]`: red, green, blue, alpha.
  public init(width: Int, height: Int, bytes: [UInt8]) throws(ImageError) {
    try PNGLimits.check(width: width, height: height, channels: 4, valueCount: bytes.count)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Reads a PNG of any kind, a file in memory: palettes are looked up, gray is repeated, 16-bit samples keep their high
  /// byte, transparency chunks become alpha.
  public init(pngBytes: [UInt8]) throws(ImageError) {
    let header = try PNGHeader(pngBytes)
    let count = header.width * header.height * 4
    // As much again to snap it, and more: two numbers of 16 bits and one of 8 for each pixel.
    try checkMemory(2 * count + count / 4)
    var result = spade_png_result()
    // Safe: the decoder fills exactly `count` bytes or reports an error, and then they are not used.
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      result = pngBytes.withUnsafeBufferPointer {
        spade_png_read_rgba($0.baseAddress, $0.count, bytes.baseAddress, count)
      }
      filled = result.status == spade_png_ok ? count : 0
    }
    try result.check()
    try self.init(width: header.width, height: header.height, bytes: bytes)
  }

  /// A picture without transparency.
  public init(_ picture: Picture) throws(ImageError) {
    try checkMemory(9 * picture.width * picture.height)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * picture.width * picture.height)
    for pixel in 0..<picture.width * picture.height {
      bytes += picture.bytes[(3 * pixel)..<(3 * pixel + 3)]
      bytes.append(255)
    }
    try self.init(width: picture.width, height: picture.height, bytes: bytes)
  }

  public var pixelCount: Int { width * height }

  /// The colour of a pixel, by its place row by row.
  func color(_ index: Int) -> Color {
    Color(red: bytes[4 * index], green: bytes[4 * index + 1], blue: bytes[4 * index + 2])
  }

  /// 0 transparent … 255 opaque.
  func alpha(_ index: Int) -> UInt8 { bytes[4 * index + 3] }
}
