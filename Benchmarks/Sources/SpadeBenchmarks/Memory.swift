import Foundation

/// Operands of the benchmarks. They live as long as the process.
enum Memory {
  /// `count` values, 64-byte aligned.
  static func allocate<Value>(_ count: Int, _ value: (Int) -> Value) -> UnsafeMutablePointer<Value> {
    let byteCount = (count * MemoryLayout<Value>.stride + 63) / 64 * 64
    guard let bytes = aligned_alloc(64, byteCount) else { fatalError("no memory for \(byteCount) bytes") }
    let values = bytes.bindMemory(to: Value.self, capacity: count)
    for index in 0..<count { (values + index).initialize(to: value(index)) }
    return values
  }

  /// Values all over the range of `Value`, the same in every run.
  static func noise<Value: FixedWidthInteger>(_ count: Int) -> UnsafeMutablePointer<Value> {
    var state: UInt64 = 1
    return allocate(count) { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Value(truncatingIfNeeded: state >> 33)
    }
  }
}
