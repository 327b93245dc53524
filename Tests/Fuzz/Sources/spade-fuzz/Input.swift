/// A fuzzer's bytes, taken from the front.
struct Input {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ data: UnsafePointer<UInt8>?, _ count: Int) {
    bytes = UnsafeBufferPointer(start: data, count: count)
  }

  /// What is left.
  var rest: [UInt8] { Array(bytes[position...]) }
  var isEmpty: Bool { position == bytes.count }

  /// The next number, little-endian; zeros follow the last byte.
  mutating func next<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) -> Value {
    var value: Value = 0
    for index in 0..<MemoryLayout<Value>.size where position < bytes.count {
      value |= Value(truncatingIfNeeded: bytes[position]) << (8 * index)
      position += 1
    }
    return value
  }
}

/// Ends the program with a finding.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
