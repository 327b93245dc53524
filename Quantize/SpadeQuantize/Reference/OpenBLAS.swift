import COpenBLAS

/// The library behind the float32 convolutions, loaded at run time.
public enum OpenBLAS {
  /// Why the library cannot be loaded, in the system's words.
  public struct Missing: Error, Equatable { public let reason: String }

  /// Loads the library. Whoever makes a `Reference`, an `EncoderReference` or a `CompiledModel` calls this first;
  /// without the library they end the program.
  public static func load() throws(Missing) {
    if let reason = spade_openblas_load() { throw Missing(reason: String(cString: reason)) }
  }

  /// `sum[rows][columns] += a[rows][depth] · b[depth][columns]`; each array may be longer.
  /// - Parameter stride: Distance of the rows of `sum`; `columns` if `nil`.
  static func multiplyAdd(
    rows: Int, columns: Int, depth: Int, _ a: [Float], _ b: [Float], into sum: inout [Float],
    stride: Int? = nil
  ) {
    guard rows > 0 else { return }
    let stride = stride ?? columns
    precondition(a.count >= rows * depth && b.count >= depth * columns)
    precondition(stride >= columns && sum.count >= (rows - 1) * stride + columns)
    sum.withUnsafeMutableBufferPointer { sum in
      spade_openblas_multiply_add(rows, columns, depth, a, b, sum.baseAddress, stride)
    }
  }
}
