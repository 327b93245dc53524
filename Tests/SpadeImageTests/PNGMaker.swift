/// A PNG writer apart from libpng: stored deflate blocks, filter 0 in each row.
struct PNGMaker {
  var width: Int
  var height: Int
  var bitDepth = 8
  /// PNG's number: 0 gray, 2 RGB, 3 palette, 4 gray + alpha, 6 RGB + alpha.
  var colorType = 0
  var isInterlaced = false
  /// `[height, width, channels]`.
  var samples: [Int]
  /// PLTE content.
  var palette: [UInt8] = []
  /// Chunks between the header (or palette) and the image data.
  var ancillary: [(name: String, content: [UInt8])] = []

  var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }

  var header: [UInt8] {
    bigEndian(width) + bigEndian(height) + [UInt8(bitDepth), UInt8(colorType), 0, 0, isInterlaced ? 1 : 0]
  }

  var bytes: [UInt8] { file(imageData: zlib(rows)) }

  func file(imageData: [UInt8]) -> [UInt8] {
    var bytes = Self.signature + chunk("IHDR", header)
    if !palette.isEmpty { bytes += chunk("PLTE", palette) }
    for (name, content) in ancillary { bytes += chunk(name, content) }
    return bytes + chunk("IDAT", imageData) + chunk("IEND", [])
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The filtered rows, pass by pass when interlaced (Adam7).
  var rows: [UInt8] {
    let passes =
      isInterlaced
      ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
      : [(0, 0, 1, 1)]
    var rows: [UInt8] = []
    for (left, top, stepX, stepY) in passes where left < width {
      for y in stride(from: top, to: height, by: stepY) {
        rows.append(0)
        rows += row(y, stride(from: left, to: width, by: stepX))
      }
    }
    return rows
  }

  private func row(_ y: Int, _ columns: StrideTo<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending = 0
    var pendingBitCount = 0
    for x in columns {
      for channel in 0..<channels {
        pending = pending << bitDepth | samples[(y * width + x) * channels + channel]
        pendingBitCount += bitDepth
        while pendingBitCount >= 8 {
          pendingBitCount -= 8
          bytes.append(UInt8(pending >> pendingBitCount & 0xFF))
        }
      }
    }
    if pendingBitCount > 0 { bytes.append(UInt8(pending << (8 - pendingBitCount) & 0xFF)) }
    return bytes
  }
}

func bigEndian(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * $0) & 0xFF) } }

func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  let body = Array(name.utf8) + content
  return bigEndian(content.count) + body + bigEndian(Int(crc32(body)))
}

func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return ~crc
}

/// A zlib stream of one stored block, at most 65535 bytes.
func zlib(_ bytes: [UInt8]) -> [UInt8] {
  let low = UInt8(bytes.count & 0xFF)
  let high = UInt8(bytes.count >> 8)
  var a = 1
  var b = 0
  for byte in bytes {
    a = (a + Int(byte)) % 65521
    b = (b + a) % 65521
  }
  return [0x78, 0x01, 0x01, low, high, ~low, ~high] + bytes + bigEndian(b << 16 | a)
}
