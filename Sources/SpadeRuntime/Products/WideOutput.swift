import CSpadeKernels
import SpadeModel

/// Where the sums of a product become int16 codes.
struct WideOutput {
  /// What is added to the product.
  struct Residual {
    let codes: UnsafePointer<Int16>
    /// A code's real value in units of the output's.
    let scale: Float
  }

  let codes: UnsafeMutablePointer<Int16>
  /// `[panels][16]`.
  let scales: UnsafePointer<Float>
  var residual: Residual?
  let kernels: KernelSet

  /// Writes some rows of a panel.
  /// - Parameters:
  ///   - sums: `[rows][16]`.
  ///   - scratch: Its output and residual offsets say where the rows are.
  func write(_ sums: UnsafePointer<Int32>, rowCount: Int, panel: Int, scratch: Scratch) {
    assert((1...Scratch.rowCount).contains(rowCount))
    let column = panel * ModelFormat.panelColumns
    var requantize = spade_requantize(
      accumulators: sums, row_count: rowCount, scale: scales + column,
      residual: residual.map { $0.codes + column }, residual_offsets: scratch.residualOffsets,
      residual_scale: residual?.scale ?? 0, out: codes + column, out_offsets: scratch.outputOffsets)
    kernels.table.pointee.requantize(&requantize)
  }
}
