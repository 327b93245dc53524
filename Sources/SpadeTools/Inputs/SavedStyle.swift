import SpadeModel

/// A style vector as a small binary file; FORMAT.md says what is where.
package struct SavedStyle: Equatable, Sendable {
  static let magic: [UInt8] = [0x89, 0x53, 0x54, 0x59, 0x4C, 0x45, 0x0D, 0x0A]
  private static let version: UInt32 = 1
  private static let headerByteCount = 16
  private static let checksumByteCount = 8
  /// The most values a model may read.
  private static let countLimit = 4096

  /// Finite.
  package let values: [Float]

  /// - Parameter values: `1...4096` finite values.
  package init(_ values: [Float]) {
    precondition((1...Self.countLimit).contains(values.count) && values.allSatisfy { $0.isFinite })
    self.values = values
  }

  /// Reads a file's content.
  /// - Parameter path: For messages.
  package init(bytes: [UInt8], path: String) throws(Failure) {
    guard Self.isMarked(bytes) else {
      throw Failure("\(path) is not a saved style; give one that --save-style wrote.")
    }
    guard bytes.count >= Self.headerByteCount else { throw Self.wrongLength(path) }
    let version = Self.word(bytes, 8)
    guard version == Self.version else {
      throw Failure(
        "\(path) is a saved style of version \(version) and only version \(Self.version) is read; save the style again."
      )
    }
    let count = Int(Self.word(bytes, 12))
    guard (1...Self.countLimit).contains(count) else {
      throw Failure(
        "\(path) states a style of \(count) values and 1 to \(Self.countLimit) are read; save the style again."
      )
    }
    let end = Self.headerByteCount + 4 * count
    guard bytes.count == end + Self.checksumByteCount else { throw Self.wrongLength(path) }
    let checksum = UInt64(Self.word(bytes, end)) | UInt64(Self.word(bytes, end + 4)) << 32
    guard checksum == Self.checksum(bytes[..<end]) else {
      throw Failure("\(path) is a damaged style, whose checksum does not match; copy it again.")
    }
    values = (0..<count).map { Float(bitPattern: Self.word(bytes, Self.headerByteCount + 4 * $0)) }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw Failure("\(path) has a value at index \(index) that is not finite; give another style.")
    }
  }

  /// The content of a file.
  package var bytes: [UInt8] {
    var bytes = Self.magic + Self.bytes(Self.version) + Self.bytes(UInt32(values.count))
    for value in values { bytes += Self.bytes(value.bitPattern) }
    let checksum = Self.checksum(bytes[...])
    return bytes + Self.bytes(UInt32(truncatingIfNeeded: checksum)) + Self.bytes(UInt32(checksum >> 32))
  }

  /// Whether a file with this content is a saved style, good or damaged.
  static func isMarked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  private static func wrongLength(_ path: String) -> Failure {
    Failure("\(path) is a saved style of another length than it states; copy it again.")
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { Checksum.of($0) }
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
  }
}
