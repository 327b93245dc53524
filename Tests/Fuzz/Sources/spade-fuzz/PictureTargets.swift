@testable import SpadeImage

/// Reads a PNG, its checksums made anew, as ids and as colours.
func fuzzPNG(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  var png = Array(UnsafeBufferPointer(start: data, count: count))
  sealChunks(&png)
  // Pictures of the largest size take their time, and nothing else.
  guard let header = try? PNGHeader(png), header.width * header.height <= 1 << 16 else { return 0 }
  if let ids = try? IndexImage(pngBytes: png) {
    require(ids.values.count == ids.width * ids.height, "ids of another size")
  }
  if let picture = try? Picture(pngBytes: png) {
    require(picture.bytes.count == picture.width * picture.height * 3, "a picture of another size")
  }
  requireName(ofProfileIn: png)
  return 0
}

/// Whatever a colour profile calls itself goes to a terminal.
private func requireName(ofProfileIn picture: [UInt8]) {
  guard let name = ColorProfile(ofPicture: picture)?.name else { return }
  require((1...64).contains(name.utf8.count), "a profile's name of a strange length")
  require(name.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a profile's name that does not print")
}

/// Makes the CRC of each whole chunk right.
private func sealChunks(_ png: inout [UInt8]) {
  var start = 8
  while start + 12 <= png.count {
    let length = png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = start + 8 + length
    guard end + 4 <= png.count else { return }
    var crc = UInt32.max
    for byte in png[start + 4..<end] { crc = crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
    for index in 0..<4 { png[end + index] = UInt8(truncatingIfNeeded: ~crc >> UInt32(24 - 8 * index)) }
    start = end + 4
  }
}

private let crcTable = (0..<256).map { (index: UInt32) in
  (0..<8).reduce(index) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
}

/// Reads a JPEG of at most 255 × 255 pixels.
func fuzzJPEG(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  var jpeg = Array(UnsafeBufferPointer(start: data, count: count))
  shrinkFrames(&jpeg)
  requireName(ofProfileIn: jpeg)
  guard let picture = try? Picture(jpegBytes: jpeg) else { return 0 }
  require(picture.bytes.count == picture.width * picture.height * 3, "a picture of another size")
  return 0
}

/// Takes the high bytes from height and width wherever a frame header (SOF, of ITU-T T.81) may begin: large pictures take their
/// time, and nothing else.
private func shrinkFrames(_ jpeg: inout [UInt8]) {
  for start in jpeg.indices.dropLast(8) where jpeg[start] == 0xFF && jpeg[start + 1] & 0xF0 == 0xC0 {
    jpeg[start + 5] = 0
    jpeg[start + 7] = 0
  }
}

/// Reads an array, and what is written of it again.
func fuzzNPY(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let array = try? NPYArray(npyBytes: bytes) else { return 0 }
  require(array.shape.reduce(1, *) == array.values.count, "an array of another shape")
  let again = try? NPYArray(npyBytes: array.npyBytes)
  require(again?.shape == array.shape, "an array that is not read again")
  return 0
}
