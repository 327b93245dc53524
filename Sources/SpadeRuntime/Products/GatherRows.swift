/// Which bytes each row of a product reads, and where its result goes.
enum GatherRows {
  /// A row is a pixel of a convolution.
  case pixels(PixelRows)
  /// A row is an outer window over `hidden` channels; `columns` int16 results each.
  case windows(WindowRows, hidden: Int, columns: Int)

  /// Writes the scratch offsets of some rows.
  func fill(_ rows: Range<Int>, _ scratch: Scratch) {
    switch self {
    case .pixels(let pixels): pixels.fill(rows, scratch)
    case .windows(let windows, let hidden, let columns):
      windows.forEachTap(of: rows) { row, tap, hiddenRow in
        scratch.offsets[tap &* Scratch.rowCount &+ row] = Int32(truncatingIfNeeded: hiddenRow &* hidden)
      }
      scratch.fillOutputOffsets(rows, stride: columns)
    }
  }
}

extension Scratch {
  /// Output offsets of rows that lie one after the other, `stride` elements each.
  func fillOutputOffsets(_ rows: Range<Int>, stride: Int) {
    for row in 0..<rows.count {
      outputOffsets[row] = Int32(truncatingIfNeeded: (rows.lowerBound &+ row) &* stride)
    }
  }
}
