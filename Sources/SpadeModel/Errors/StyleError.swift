/// Why a saved style was refused.
public enum StyleError: Error, Equatable, Sendable {
  case notAStyle
  case unsupportedVersion(found: UInt32, supported: UInt32)
  case valueCount(UInt32)
  /// The file is shorter or longer than it states.
  case byteCount
  case checksum
  case notFinite(index: Int)
}
