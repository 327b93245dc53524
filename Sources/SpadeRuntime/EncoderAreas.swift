import SpadeModel

/// What the style encoder keeps in the arena, where a frame has its buffers.
///
/// ```
/// codes   Int8[1 + 128²][2][channels]    the pixel outside, then the pixels: high parts, then low parts
/// sums    Int32[panels][128²][16]        of one convolution
/// ```
///
/// Sizes are those of the first convolution, which makes the most. A convolution reads all codes into sums, then its
/// norm writes the next codes over them.
///
/// A code is round(x · 256) of an activation, −8192 … 8191, and 128 · high + low with high in −64 … 63 and low in
/// 0 … 127. So zero is zero exactly, outside as well, an outlier of 31 standard deviations still has a code, and a column
/// of weights whose magnitudes add up to 2^18 − 1 or less has sums of 32 bits.
struct EncoderAreas {
  static let codeLimits: ClosedRange<Double> = -8192...8191

  let codes: UnsafeMutablePointer<UInt8>
  let sums: UnsafeMutablePointer<Int32>

  init(_ layout: EncoderLayout, arena: UnsafeMutableRawPointer) {
    codes = arena.assumingMemoryBound(to: UInt8.self)
    sums = (arena + Self.codeByteCount(layout)).assumingMemoryBound(to: Int32.self)
  }

  static func byteCount(_ layout: EncoderLayout) -> Int {
    let first = layout.product(0)
    return codeByteCount(layout) + first.side * first.side * first.channels * 4
  }

  private static func codeByteCount(_ layout: EncoderLayout) -> Int {
    let first = layout.product(0)
    return ModelFormat.padded(
      (1 + first.side * first.side) * 2 * first.channels, to: ModelFormat.alignment)
  }
}
