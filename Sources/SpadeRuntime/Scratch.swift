import CSpadeKernels
import SpadeModel

/// What one thread needs while it works on a task of a step.
///
/// ```
/// gather offsets    Int32[49][64]        byte offsets of rows, up to 7×7 taps
/// output offsets    Int32[64]
/// residual offsets  Int32[64]
/// accumulators      Int32[4][64][16]
/// ```
///
/// and, in the same place, what only one kind of task needs:
///
/// ```
/// tap table         Int32[tapRowCapacity][taps][16], see TapTable
///
/// weights           Int16[36][128 · 16 + 32], see WinogradConvolution
/// sums              Int32[36][32][16]
/// pixels            Int32[64][16][16]
/// ```
///
/// The style encoder's first product has one tap: its rows, `Int8[64][32]`, lie where other taps have their offsets.
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
    let winograd = configuration.usesWinograd == 0 ? 0 : ModelFormat.winogradScratchByteCount
    return ModelFormat.padded(fixedByteCount + max(tapTable, winograd), to: ModelFormat.alignment)
  }

  private static let winogradWeightCount =
    ModelFormat.winogradPoints
    * (ModelFormat.winogradDepth * ModelFormat.panelColumns + ModelFormat.winogradPadding)
  private static let winogradSumCount =
    ModelFormat.winogradPoints * ModelFormat.winogradGroup * ModelFormat.panelColumns

  let offsets: UnsafeMutablePointer<Int32>

  /// - Parameter base: As many bytes as `byteCount` says, 64-byte aligned.
  init(_ base: UnsafeMutableRawPointer) { offsets = base.assumingMemoryBound(to: Int32.self) }

  var patches: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(offsets + Self.rowCount).assumingMemoryBound(to: UInt8.self)
  }
  var outputOffsets: UnsafeMutablePointer<Int32> { offsets + Self.maximumTapCount * Self.rowCount }
  var residualOffsets: UnsafeMutablePointer<Int32> { outputOffsets + Self.rowCount }
  var accumulators: UnsafeMutablePointer<Int32> { residualOffsets + Self.rowCount }
  var tapTable: UnsafeMutablePointer<Int32> { accumulators + Self.accumulatorCount }
  var winogradWeights: UnsafeMutablePointer<Int16> {
    UnsafeMutableRawPointer(tapTable).assumingMemoryBound(to: Int16.self)
  }
  var winogradSums: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(winogradWeights + Self.winogradWeightCount).assumingMemoryBound(to: Int32.self)
  }
  var winogradPixels: UnsafeMutablePointer<Int32> { winogradSums + Self.winogradSumCount }
}

/// The scratch areas of all threads.
struct ScratchAreas {
  let base: UnsafeMutableRawPointer
  /// Of one area.
  let byteCount: Int

  subscript(thread: Int) -> Scratch { Scratch(base + thread * byteCount) }
}
