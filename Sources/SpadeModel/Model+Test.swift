/// The built-in test case: a label map, a style, and the picture's checksum; and that of the style that the encoder gives
/// the test photo.
///
/// ```
/// UInt64 checksum of the picture's bytes, UInt32 run count, UInt32 zero
/// UInt64 checksum of the photo's style, Float[styleCount]; 0 without encoder
/// Float[styleCount]
/// (UInt16 symbol, UInt16 length)[run count]     symbol = id · 2 + edge, row-major
/// ```
extension Model {
  static let testHeaderByteCount = 24

  public var testChecksum: UInt64 { section(.test).load(as: UInt64.self) }

  public var testStyleChecksum: UInt64 { section(.test).load(fromByteOffset: 16, as: UInt64.self) }

  /// Byte `index` of the test photo, 0 ..< `EncoderLayout.photoByteCount`: rings around a point, wider in each channel.
  public static func testPhotoByte(_ index: Int) -> UInt8 {
    let x = index / 3 % EncoderLayout.photoSide - 96
    let y = index / 3 / EncoderLayout.photoSide - 160
    return UInt8(truncatingIfNeeded: (x * x + y * y) >> (6 + index % 3))
  }

  var testRunCount: Int { Int(section(.test).load(fromByteOffset: 8, as: UInt32.self)) }

  public var testStyle: UnsafeBufferPointer<Float> {
    let start = section(.test).baseAddress! + Self.testHeaderByteCount
    return UnsafeBufferPointer(start: start.assumingMemoryBound(to: Float.self), count: styleCount)
  }

  /// Calls `body` with every run of equal symbols.
  public func forEachTestRun(_ body: (_ symbol: UInt16, _ length: Int) -> Void) {
    let start = Self.testHeaderByteCount + styleCount * 4
    let runs = section(.test)
    for index in 0..<testRunCount {
      body(
        runs.load(fromByteOffset: start + 4 * index, as: UInt16.self),
        Int(runs.load(fromByteOffset: start + 4 * index + 2, as: UInt16.self)))
    }
  }

  func checkTest() throws(ModelError) {
    let given = section(.test).count
    guard given >= Self.testHeaderByteCount,
      given >= Self.testHeaderByteCount + styleCount * 4 + testRunCount * 4
    else { throw .badTest(rule: .size) }
    for value in testStyle where !value.isFinite { throw .badTest(rule: .style) }
    var pixelCount = 0
    var broken: TestRule?
    forEachTestRun { symbol, length in
      pixelCount += length
      if length == 0 { broken = broken ?? .emptyRun }
      if Int(symbol >> 1) >= labelCount { broken = broken ?? .label }
      if symbol & 1 != 0, !hasEdges { broken = broken ?? .edge }
    }
    if let broken { throw .badTest(rule: broken) }
    guard pixelCount == width * height else { throw .badTest(rule: .pixelCount) }
  }
}
