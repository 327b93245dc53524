import CSpadeKernels
import SpadeModel

/// What one thread needs while it works on a task of a step.
///
/// ```
/// gather offsets    Int32[49][64]        byte offsets of rows, up to 7×7 taps
/// output offsets    Int32[64]
/// residual offsets  Int32[64]
/// accumulators      Int32[4][64][16]
/// tap table         Int32[tapRowCapacity][taps][16], see TapTable
/// ```
struct Scratch {
  static let rowCount = Int(SPADE_PRODUCT_ROWS)
  static let panelCount = Int(SPADE_PRODUCT_PANELS)
  private static let maximumTapCount = 49
  private static let accumulatorCount = panelCount * rowCount * Int(SPADE_PANEL_COLUMNS)
  private static let fixedByteCount = ((maximumTapCount + 2) * rowCount + accumulatorCount) * 4

  /// Bytes of one thread's area.
  static func byteCount(_ configuration: ConfigurationRecord) -> Int {
    let taps = Int(configuration.kernelSize * configuration.kernelSize)
    let tapTable = Int(configuration.tapRowCapacity) * taps * ModelFormat.panelColumns * 4
    return ModelFormat.padded(fixedByteCount + tapTable, to: ModelFormat.alignment)
  }

  let offsets: UnsafeMutablePointer<Int32>

  /// - Parameter base: As many bytes as `byteCount` says, 64-byte aligned.
  init(_ base: UnsafeMutableRawPointer) { offsets = base.assumingMemoryBound(to: Int32.self) }

  var outputOffsets: UnsafeMutablePointer<Int32> { offsets + Self.maximumTapCount * Self.rowCount }
  var residualOffsets: UnsafeMutablePointer<Int32> { outputOffsets + Self.rowCount }
  var accumulators: UnsafeMutablePointer<Int32> { residualOffsets + Self.rowCount }
  var tapTable: UnsafeMutablePointer<Int32> { accumulators + Self.accumulatorCount }
}

/// The scratch areas of all threads.
struct ScratchAreas {
  let base: UnsafeMutableRawPointer
  /// Of one area.
  let byteCount: Int

  subscript(thread: Int) -> Scratch { Scratch(base + thread * byteCount) }
}
