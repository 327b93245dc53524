import FoundationEssentials

/// Reads little-endian values from a range of a file, in order; every read is checked against the range's end.
struct ByteReader {
  let bytes: Data
  private(set) var offset: Int
  let end: Int

  /// - Parameter range: Within `0..<bytes.count`; `bytes` starts at index 0.
  init(_ bytes: Data, in range: Range<Int>) {
    precondition(bytes.startIndex == 0 && range.lowerBound >= 0 && range.upperBound <= bytes.count)
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  var remaining: Int { end - offset }

  /// The next `count` bytes' place in the file.
  mutating func take(_ count: Int) throws(CheckpointError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw .truncated(offset: offset, wanted: count, available: remaining)
    }
    offset += count
    return offset - count..<offset
  }

  mutating func byte() throws(CheckpointError) -> UInt8 {
    bytes[try take(1).lowerBound]
  }

  mutating func integer<T: FixedWidthInteger>(_: T.Type) throws(CheckpointError) -> T {
    let range = try take(MemoryLayout<T>.size)
    return bytes.withUnsafeBytes { raw in
      // Safe: take() keeps the range inside the file.
      T(littleEndian: raw.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self))
    }
  }

  /// A byte count or offset that a 64-bit field holds.
  mutating func count64() throws(CheckpointError) -> Int {
    let start = offset
    let value = try integer(UInt64.self)
    guard let count = Int(exactly: value) else { throw .numberTooLarge(offset: start) }
    return count
  }

  mutating func text(_ count: Int) throws(CheckpointError) -> String {
    let start = offset
    let range = try take(count)
    guard let text = String(data: bytes[range], encoding: .utf8) else { throw .notText(offset: start) }
    return text
  }

  /// Text up to the next newline, which is consumed; at most `limit` bytes.
  mutating func line(limit: Int) throws(CheckpointError) -> String {
    let start = offset
    guard let length = bytes[offset..<min(end, offset + limit + 1)].firstIndex(of: 0x0a) else {
      throw .lineTooLong(offset: start, limit: limit)
    }
    let line = try text(length - start)
    _ = try take(1)
    return line
  }
}
