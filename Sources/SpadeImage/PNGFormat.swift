import CSpadePNG
import CSpadeSystem

/// The sizes that are read and written; a picture over them is refused before memory is taken for it.
public enum PNGLimits {
  /// The greatest width and height, in pixels.
  public static let side = Int(spade_png_max_side)
  /// The greatest number of pixels.
  public static let pixelCount = Int(spade_png_max_pixel_count)

  /// Throws unless `valueCount` is width × height × channels of a size within the limits.
  static func check(width: Int, height: Int, channels: Int, valueCount: Int) throws(ImageError) {
    guard (1...side).contains(width), (1...side).contains(height), width * height <= pixelCount else {
      throw .badSize(width: width, height: height)
    }
    guard valueCount == width * height * channels else {
      throw .wrongValueCount(required: width * height * channels, found: valueCount)
    }
  }
}

/// The header of a PNG whose size is within `PNGLimits`.
struct PNGHeader {
  let width: Int
  let height: Int
  let color: PNGColor
  /// Of a sample: 1, 2, 4, 8 or 16.
  let bitDepth: Int

  /// Reads up to the image data.
  init(_ png: [UInt8]) throws(ImageError) {
    let result = png.withUnsafeBufferPointer { spade_png_read_header($0.baseAddress, $0.count) }
    try result.check()
    width = Int(result.width)
    height = Int(result.height)
    color = result.color
    bitDepth = Int(result.bit_depth)
  }
}

extension spade_png_result {
  /// The colour type; libpng lets only PNG's five through.
  var color: PNGColor { PNGColor(rawValue: color_type) ?? .gray }

  /// Throws unless the reading succeeded.
  func check() throws(ImageError) {
    switch status {
    case spade_png_ok: break
    case spade_png_not_png: throw .notPNG
    case spade_png_truncated: throw .truncatedPNG(byteCount: offset)
    case spade_png_too_large: throw .tooLarge(width: Int(width), height: Int(height))
    case spade_png_wrong_color: throw .notSingleChannel(color)
    case spade_png_no_memory: throw .outOfMemory
    default: throw .corruptPNG(PNGFault(rawValue: UInt8(fault.rawValue)) ?? .other, offset: offset)
    }
  }
}

/// The PNG that `write` makes, and its length.
func encodedPNG(
  _ write: (inout UnsafeMutablePointer<UInt8>?, inout Int) -> spade_png_status
) throws(ImageError) -> [UInt8] {
  var png: UnsafeMutablePointer<UInt8>?
  var count = 0
  let status = write(&png, &count)
  defer { spade_png_free(png) }
  guard status == spade_png_ok else { throw .outOfMemory }
  try checkMemory(count)
  // Safe: spade_png_write_… succeeded, so `count` bytes lie at `png`.
  return [UInt8](UnsafeBufferPointer(start: png, count: count))
}

/// Throws unless so much memory is there: arrays cannot refuse.
func checkMemory(_ byteCount: Int) throws(ImageError) {
  guard spade_memory_is_there(byteCount) != 0 else { throw .outOfMemory }
}
