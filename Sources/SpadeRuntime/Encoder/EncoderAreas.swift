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
/// A code is round(x · 256) of an activation, −16384 … 16383, and 128 · high + low with low in 0 … 127. So zero is zero
/// exactly, outside as well, and an outlier of 63 standard deviations still has a code.
///
/// Sums fit in 32 bits though single codes are large, because a channel has unit variance over its N pixels: nine of its
/// codes add up to 256 · 3 · √N in magnitude at most. √N times the channels is 128 n after every convolution, n the first
/// one's channels, so a sum is below 127 · 768 · 128 · n, which is below 2^31 for n up to 172. Networks have 64.
struct EncoderAreas {
  static let codeLimits: ClosedRange<Double> = -16384...16383

  let codes: UnsafeMutablePointer<UInt8>
  let sums: UnsafeMutablePointer<Int32>

  init(_ layout: EncoderLayout, arena: UnsafeMutableRawPointer) {
    codes = arena.assumingMemoryBound(to: UInt8.self)
    sums = (arena + layout.codeByteCount).assumingMemoryBound(to: Int32.self)
  }
}
