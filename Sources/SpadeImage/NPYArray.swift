/// A float32 array, as NumPy's `.npy` files hold it.
public struct NPYArray: Equatable, Sendable {
  /// Lengths, outermost first; empty for a single number. At most 64.
  public let shape: [Int]
  /// In C order: the last index runs fastest.
  public let values: [Float]

  /// - Parameters:
  ///   - shape: Lengths, outermost first, none negative, at most 64.
  ///   - values: As many as the product of `shape`.
  public init(shape: [Int], values: [Float]) throws(ImageError) {
    let required = try NPYHeader.valueCount(of: shape)
    guard required == values.count else { throw .wrongShape(required: required, found: values.count) }
    self.shape = shape
    self.values = values
  }

  /// Reads an `.npy` file in memory, of version 1.0 or 2.0, C order, `<f4`, or `<f8` rounded to float32.
  public init(npyBytes: [UInt8]) throws(ImageError) {
    let header = try NPYHeader(npyBytes)
    let width = header.isDouble ? 8 : 4
    let (dataByteCount, overflow) = header.valueCount.multipliedReportingOverflow(by: width)
    guard !overflow, dataByteCount <= Int.max - header.byteCount else { throw .oversizedNPYShape }
    let required = header.byteCount + dataByteCount
    guard npyBytes.count >= required else {
      throw .truncatedNPY(required: required, found: npyBytes.count)
    }
    guard npyBytes.count == required else {
      throw .trailingNPYBytes(required: required, found: npyBytes.count)
    }
    try checkMemory(header.valueCount * 4)
    // Safe: header.byteCount + valueCount · width is the length of `npyBytes`.
    let values = npyBytes.withUnsafeBytes { bytes in
      (0..<header.valueCount).map { index in
        let offset = header.byteCount + index * width
        if header.isDouble {
          let bits = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
          return Float(Double(bitPattern: bits))
        }
        return Float(
          bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      }
    }
    try self.init(shape: header.shape, values: values)
  }

  /// The content of an `.npy` file of version 1.0, `<f4`, C order; always the same bytes.
  public var npyBytes: [UInt8] {
    var bytes = NPYHeader.bytes(shape: shape)
    bytes.reserveCapacity(bytes.count + values.count * 4)
    for value in values {
      let bits = value.bitPattern
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
    }
    return bytes
  }
}
