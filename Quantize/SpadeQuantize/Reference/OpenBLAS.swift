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
      guard let sum = sum.baseAddress else { return }
      multiplyAdd(rows: rows, columns: columns, depth: depth, a, b, into: sum, stride: stride)
    }
  }

  /// Tiles of a large product: enough for the cores of a PC to end together.
  private static let tileCount = 16

  /// The same, of memory that holds as much, in tiles that depend on the sizes alone: so does the sum's rounding, however many threads
  /// there are.
  static func multiplyAdd(
    rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    into sum: UnsafeMutablePointer<Float>, stride: Int
  ) {
    // The library packs a tile's columns once for all its rows, so that rows are divided only where columns are few.
    let width = max(256, (columns + tileCount - 1) / tileCount)
    let tilesAcross = (columns + width - 1) / width
    let height = max(64, (rows * tilesAcross + tileCount - 1) / tileCount)
    let tilesDown = (rows + height - 1) / height
    Crew.shared.run(tilesAcross * tilesDown) { tile in
      let (row, column) = (tile / tilesAcross * height, tile % tilesAcross * width)
      spade_openblas_multiply_add(
        min(height, rows - row), min(width, columns - column), depth, a + row * depth, b + column, columns,
        sum + row * stride + column, stride)
    }
  }
}
