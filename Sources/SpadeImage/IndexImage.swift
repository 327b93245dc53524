import CSpadePNG

/// One id a pixel: a label map or an instance map.
public struct IndexImage: Equatable, Sendable {
  /// In pixels, `1...PNGLimits.side`.
  public let width: Int
  public let height: Int
  /// `[height, width]`, row by row.
  public let values: [UInt16]

  /// - Parameter values: `[height, width]`, row by row.
  public init(width: Int, height: Int, values: [UInt16]) throws(ImageError) {
    try PNGLimits.check(width: width, height: height, channels: 1, valueCount: values.count)
    self.init(uncheckedWidth: width, height: height, values: values)
  }

  init(uncheckedWidth width: Int, height: Int, values: [UInt16]) {
    self.width = width
    self.height = height
    self.values = values
  }

  /// Reads the numbers stored in a single-channel PNG, a file in memory.
  ///
  /// Gray of 1, 2, 4, 8 or 16 bits gives the stored levels, unscaled; a palette picture gives palette
  /// indices, never colours. Alpha beside gray is ignored, and so are gamma and transparency chunks.
  /// - Throws: `notSingleChannel` for pictures in true colour.
  public init(pngBytes: [UInt8]) throws(ImageError) {
    let header = try PNGHeader(pngBytes)
    guard header.color != .rgb, header.color != .rgbAlpha else { throw .notSingleChannel(header.color) }
    let count = header.width * header.height
    try checkMemory(count * 2)
    var result = spade_png_result()
    // Safe: the decoder fills exactly `count` values or reports an error, and then they are not used.
    let values = [UInt16](unsafeUninitializedCapacity: count) { values, filled in
      result = pngBytes.withUnsafeBufferPointer {
        spade_png_read_ids($0.baseAddress, $0.count, values.baseAddress, count)
      }
      filled = result.status == spade_png_ok ? count : 0
    }
    try result.check()
    self.init(uncheckedWidth: header.width, height: header.height, values: values)
  }

  /// A gray PNG, a file's content: 8-bit where every id is below 256, 16-bit otherwise. The same map gives the same bytes
  /// with the same libpng and zlib.
  public func pngBytes() throws(ImageError) -> [UInt8] {
    try encodedPNG { spade_png_write_ids(values, nil, UInt32(width), UInt32(height), &$0, &$1) }
  }

  /// As `pngBytes()`, but where every id is below 256 with a palette: ids are its indices.
  /// - Parameter colors: Of the ids from 0 on; those without one are gray.
  public func pngBytes(colors: [Color?]) throws(ImageError) -> [UInt8] {
    var palette: [UInt8] = []
    for id in 0..<256 {
      let gray = UInt8(id)
      let color = (id < colors.count ? colors[id] : nil) ?? Color(red: gray, green: gray, blue: gray)
      palette += [color.red, color.green, color.blue]
    }
    return try encodedPNG { spade_png_write_ids(values, palette, UInt32(width), UInt32(height), &$0, &$1) }
  }
}
