/// A number for each record that a section other than the steps may have, on the stack: all 0 at first.
struct RecordNumbers {
  /// 16 · 64 = `ModelFormat.recordLimit`.
  private typealias Part = SIMD64<UInt32>
  private typealias Parts = (
    Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part, Part
  )
  private var parts: Parts

  init() {
    let zero = Part()
    parts = (
      zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero
    )
  }

  /// - Parameter body: Gets `ModelFormat.recordLimit` numbers, which are gone after it.
  mutating func withNumbers<Result>(
    _ body: (UnsafeMutablePointer<UInt32>) throws(ModelError) -> Result
  ) throws(ModelError) -> Result {
    try withUnsafeMutableBytes(of: &parts) { bytes throws(ModelError) in
      try body(bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self))
    }
  }
}
