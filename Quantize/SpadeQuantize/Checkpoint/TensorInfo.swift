/// How one element of a stored tensor is written; always little-endian.
public enum ElementType: String, CaseIterable, Sendable {
  case float32, float16, bfloat16, float64
  case int64, int32, int16, int8, uint8, bool

  /// Size of one element in bytes: 1, 2, 4 or 8.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }
}

/// What a checkpoint says about a tensor without reading it.
public struct TensorInfo: Equatable, Sendable {
  /// Extents, outermost first; empty for a scalar. The product fits an `Int`.
  public let shape: [Int]
  public let elementType: ElementType

  public init(shape: [Int], elementType: ElementType) {
    self.shape = shape
    self.elementType = elementType
  }

  public var elementCount: Int { shape.reduce(1, *) }
}
