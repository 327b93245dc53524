/// What precedes the numbers in an `.npy` file: magic, version, length, and a Python dictionary as text.
///
/// Format: NumPy Enhancement Proposal 1.
struct NPYHeader {
  let shape: [Int]
  let isDouble: Bool
  /// The product of `shape`.
  let valueCount: Int
  /// From the start of the file to the first number.
  let byteCount: Int

  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// The product of `shape`.
  static func valueCount(of shape: [Int]) throws(ImageError) -> Int {
    guard shape.count <= 64 else { throw .oversizedNPYShape }
    var product = 1
    for length in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { throw .oversizedNPYShape }
      product = next
    }
    return product
  }

  /// Magic, version 1.0, and the dictionary, padded to a multiple of 64 bytes.
  static func bytes(shape: [Int]) -> [UInt8] {
    var text = Array("{'descr': '<f4', 'fortran_order': False, 'shape': (".utf8)
    for length in shape { text += Array("\(length), ".utf8) }
    if shape.count > 1 { text.removeLast(2) }
    if shape.count == 1 { text.removeLast() }
    text += Array("), }".utf8)
    while (10 + text.count + 1) % 64 != 0 { text.append(0x20) }
    text.append(0x0A)
    return magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
  }

  /// Reads the header at the start of `file`.
  init(_ file: [UInt8]) throws(ImageError) {
    for index in 0..<min(file.count, 6) where file[index] != Self.magic[index] { throw .notNPY }
    guard file.count >= 10 else { throw .truncatedNPY(required: 10, found: file.count) }
    guard file[6] == 1 || file[6] == 2, file[7] == 0 else {
      throw .unsupportedNPYVersion(major: file[6], minor: file[7])
    }
    let textStart = file[6] == 1 ? 10 : 12
    guard file.count >= textStart else { throw .truncatedNPY(required: textStart, found: file.count) }
    var textByteCount = 0
    for index in (8..<textStart).reversed() { textByteCount = textByteCount << 8 | Int(file[index]) }
    byteCount = textStart + textByteCount
    guard file.count >= byteCount else { throw .truncatedNPY(required: byteCount, found: file.count) }

    var text = NPYHeaderText(bytes: file, position: textStart, end: byteCount)
    let entries = try text.entries()
    shape = entries.shape
    isDouble = entries.isDouble
    valueCount = try Self.valueCount(of: shape)
  }
}
