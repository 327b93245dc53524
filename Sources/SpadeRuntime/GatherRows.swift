/// Which bytes each row of a gather product reads, and where its result goes.
enum GatherRows {
  /// A row is a pixel of a convolution.
  case pixels(PixelRows)
  /// A row is an outer window over `hidden` channels; `columns` int16 results each.
  case windows(WindowRows, hidden: Int, columns: Int)

  /// Fills the offsets of rows `first ..< first + count`.
  func fill(_ first: Int, _ count: Int, _ scratch: Scratch) {
    switch self {
    case .pixels(let rows): rows.fill(first, count, scratch)
    case .windows(let rows, let hidden, let columns):
      rows.forEach(first, count) { row, tap, number in
        scratch.offsets[tap &* Scratch.rowCount &+ row] = Int32(truncatingIfNeeded: number &* hidden)
      }
      for row in 0..<count {
        scratch.outputOffsets[row] = Int32(truncatingIfNeeded: (first &+ row) &* columns)
      }
    }
  }
}

/// The pixels of a band of rows, in reading order, with their k×k neighbourhoods in a tensor of codes.
struct PixelRows {
  let kernelSize: Int
  var rowStart: Int
  /// Codes that are read.
  let input: Plane
  /// Wide pixels that are written; `nil` for the picture.
  let output: Plane?
  /// Wide pixels that are added, read at (y >> shift, x >> shift).
  let residual: Plane?
  let residualShift: Int

  func fill(_ first: Int, _ count: Int, _ scratch: Scratch) {
    let width = input.width
    let radius = kernelSize / 2
    var row = 0
    while row < count {
      let y = rowStart &+ (first &+ row) / width
      let x = (first &+ row) % width
      let run = min(width &- x, count &- row)
      var tap = 0
      for dy in -radius...radius {
        for dx in -radius...radius {
          fillTap(y &+ dy, x &+ dx, run, scratch.offsets + (tap &* Scratch.rowCount &+ row))
          tap &+= 1
        }
      }
      if let output {
        fillRun(output, y, x, run, 0, scratch.outputOffsets + row)
      }
      if let residual {
        fillRun(residual, y, x, run, residualShift, scratch.residualOffsets + row)
      }
      row &+= run
    }
  }

  /// Byte offsets of `run` pixels of row `y` from column `x`; offset 0 is the pixel outside.
  @inline(__always)
  private func fillTap(_ y: Int, _ x: Int, _ run: Int, _ out: UnsafeMutablePointer<Int32>) {
    guard y >= 0, y < input.height else {
      out.update(repeating: 0, count: run)
      return
    }
    var offset = Int32(truncatingIfNeeded: (1 &+ input.pixel(y, x)) &* input.channels)
    let stride = Int32(truncatingIfNeeded: input.channels)
    for column in 0..<run {
      out[column] = offset
      offset &+= stride
    }
    var outside = 0
    while outside < run, x &+ outside < 0 {
      out[outside] = 0
      outside &+= 1
    }
    outside = max(input.width &- x, 0)
    while outside < run {
      out[outside] = 0
      outside &+= 1
    }
  }

  /// Element offsets of the wide pixels that `run` pixels of row `y` from column `x` correspond to.
  @inline(__always)
  func fillRun(
    _ plane: Plane, _ y: Int, _ x: Int, _ run: Int, _ shift: Int, _ out: UnsafeMutablePointer<Int32>
  ) {
    let start = plane.pixel(y >> shift, 0)
    for column in 0..<run {
      out[column] = Int32(truncatingIfNeeded: (start &+ (x &+ column) >> shift) &* plane.channels)
    }
  }
}

/// The outer windows of a level with their k×k inner windows.
struct WindowRows {
  let level: LevelState
  let kernelSize: Int

  /// Calls `body` for each tap of outer windows `first ..< first + count` with its hidden row: 0 outside the picture,
  /// else 1 + the inner window's number.
  @inline(__always)
  func forEach(_ first: Int, _ count: Int, _ body: (_ row: Int, _ tap: Int, _ number: Int) -> Void) {
    let radius = kernelSize / 2
    let numbers = level.innerNumbers
    let width = level.width
    for row in 0..<count {
      let place = level.outerPlaces[first &+ row]
      let y = place.row
      let x = place.column
      var tap = 0
      for dy in -radius...radius {
        for dx in -radius...radius {
          let inside = y &+ dy >= 0 && y &+ dy < level.height && x &+ dx >= 0 && x &+ dx < width
          body(row, tap, inside ? 1 &+ Int(numbers[(y &+ dy) &* width &+ x &+ dx]) : 0)
          tap &+= 1
        }
      }
    }
  }
}
