/// A saved style in memory: a checked file of its own, whose layout FORMAT.md describes. Nothing is copied: the bytes must
/// outlive the value.
public struct StyleFile {
  /// The first eight bytes, as a word.
  static let magic: UInt64 = 0x0A0D_454C_5954_5389
  static let version: UInt32 = 1
  /// The numbers of values that a network may read.
  public static let valueCounts = 1...4096

  private static let headerByteCount = 16
  private static let checksumByteCount = 8

  private let bytes: UnsafeRawBufferPointer
  public let valueCount: Int

  /// Bytes of a file with `valueCount` values.
  public static func byteCount(valueCount: Int) -> Int {
    headerByteCount + 4 * valueCount + checksumByteCount
  }

  /// Whether a file with this content is a saved style, good or damaged.
  public static func isMarked(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 8 && UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) == magic
  }

  /// Checks `bytes`, of any alignment.
  public init(checking bytes: UnsafeRawBufferPointer) throws(StyleError) {
    guard Self.isMarked(bytes) else { throw .notAStyle }
    guard bytes.count >= Self.headerByteCount else { throw .byteCount }
    let version = Self.word(bytes, 8)
    guard version == Self.version else {
      throw .unsupportedVersion(found: version, supported: Self.version)
    }
    let stated = Self.word(bytes, 12)
    guard stated > 0, stated <= Self.valueCounts.upperBound else { throw .valueCount(stated) }
    let count = Int(stated)
    guard bytes.count == Self.byteCount(valueCount: count) else { throw .byteCount }
    let end = bytes.count - Self.checksumByteCount
    let checksum = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
    guard checksum == Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[..<end])) else { throw .checksum }
    self.bytes = bytes
    valueCount = count
    for index in 0..<count where !self[index].isFinite { throw .notFinite(index: index) }
  }

  /// Value `index`, `0..<valueCount`; finite.
  public subscript(index: Int) -> Float {
    Float(bitPattern: Self.word(bytes, Self.headerByteCount + 4 * index))
  }

  /// Writes a file.
  /// - Parameters:
  ///   - values: As many finite values as `valueCounts` allows.
  ///   - bytes: `byteCount(valueCount:)` bytes of any alignment.
  public static func write(_ values: UnsafeBufferPointer<Float>, to bytes: UnsafeMutableRawBufferPointer) {
    precondition(valueCounts.contains(values.count) && bytes.count == byteCount(valueCount: values.count))
    bytes.storeBytes(of: magic.littleEndian, as: UInt64.self)
    bytes.storeBytes(of: version.littleEndian, toByteOffset: 8, as: UInt32.self)
    bytes.storeBytes(of: UInt32(values.count).littleEndian, toByteOffset: 12, as: UInt32.self)
    for index in 0..<values.count {
      bytes.storeBytes(
        of: values[index].bitPattern.littleEndian, toByteOffset: headerByteCount + 4 * index, as: UInt32.self)
    }
    let end = bytes.count - checksumByteCount
    let checksum = Checksum.of(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<end]))
    bytes.storeBytes(of: checksum.littleEndian, toByteOffset: end, as: UInt64.self)
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
