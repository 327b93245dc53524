import CSpadeKernels

/// What one thread needs while it works on a task of a step.
///
/// ```
/// gather offsets    Int32[49][64]        byte offsets of rows, up to 7×7 taps
/// output offsets    Int32[64]
/// residual offsets  Int32[64]
/// accumulators      Int32[4][64][16]
/// ```
struct Scratch {
  static let rowCount = Int(SPADE_PRODUCT_ROWS)
  static let panelCount = Int(SPADE_PRODUCT_PANELS)
  private static let maximumTapCount = 49
  private static let accumulatorCount = panelCount * rowCount * Int(SPADE_PANEL_COLUMNS)
  static let byteCount = ((maximumTapCount + 2) * rowCount + accumulatorCount) * 4

  let offsets: UnsafeMutablePointer<Int32>

  /// - Parameter base: `byteCount` bytes, 64-byte aligned.
  init(_ base: UnsafeMutableRawPointer) { offsets = base.assumingMemoryBound(to: Int32.self) }

  var outputOffsets: UnsafeMutablePointer<Int32> { offsets + Self.maximumTapCount * Self.rowCount }
  var residualOffsets: UnsafeMutablePointer<Int32> { outputOffsets + Self.rowCount }
  var accumulators: UnsafeMutablePointer<Int32> { residualOffsets + Self.rowCount }
}
