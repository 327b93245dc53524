/// Why a model file was refused. Every rule of the loader has its case; the numbers say what was found and wanted.
public enum ModelError: Error, Equatable, Sendable {
  case tooShort(byteCount: Int, required: Int)
  case badMagic(found: UInt64)
  case unsupportedVersion(found: UInt32, supported: UInt32)
  case headerChecksum(stored: UInt64, computed: UInt64)
  case fileSize(stored: UInt64, found: UInt64)
  case misalignedFile
  case sectionSize(section: Int, byteCount: UInt64)
  case sectionChecksum(section: Int, stored: UInt64, computed: UInt64)
  case sectionTooShort(section: Int, byteCount: Int, required: Int)
  case badConfiguration(field: Int, value: UInt32)
  case badBuffer(index: Int, rule: BufferRule)
  case badLevel(index: Int)
  case badTable(index: Int)
  case badProduct(index: Int)
  case badNorm(index: Int)
  case badStep(index: Int, rule: StepRule)
  case weightsOutOfRange(section: Int, index: Int)
  case badScale(section: Int, index: Int, column: Int)
  case badTest
  case badMetadata

  public enum BufferRule: Int, Sendable {
    case kind, alignment, outsideArena, size, dimensions, lifetime, overlap
    /// A raw buffer with more than one user.
    case shared
  }

  public enum StepRule: Int, Sendable {
    /// An unknown kind.
    case kind
    /// An index beyond its section.
    case index
    /// A buffer of the wrong kind or size, or an operand that does not fit it.
    case shape
    /// Rows outside the tensor, rows that do not follow those written before, or more than the tensor keeps or the
    /// level can number. With the step count for an index: the picture is not complete.
    case rows
    /// Rows read that no earlier step wrote, or that later rows replaced.
    case notReady
    /// Windows, hidden activations or affines that the steps before do not provide.
    case windows
    /// A buffer used outside its lifetime.
    case lifetime
    case scale
  }
}

/// Why a frame or a photo was refused.
public enum InputError: Error, Equatable, Sendable {
  case arenaTooSmall(required: Int, given: Int)
  case arenaMisaligned
  case threadCount(Int)
  case threadsRefused
  case labelCount(required: Int, given: Int)
  case unknownLabel(id: Int, x: Int, y: Int, labelCount: Int)
  case edgesMissing
  case edgesUnexpected
  case styleCount(required: Int, given: Int)
  case styleNotFinite(index: Int)
  case pictureSize(required: Int, given: Int)
  /// A photo for a model without style encoder.
  case encoderMissing
  case photoSize(required: Int, given: Int)
}
