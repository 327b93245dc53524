/// The pixels of a band of rows, in reading order, with their k×k neighbourhoods in a tensor of codes.
struct PixelRows {
  /// A wide tensor that is added, read at (y >> shift, x >> shift).
  struct Residual {
    let plane: Plane
    let shift: Int
  }

  let kernelSize: Int
  var rowStart: Int
  /// Codes that are read.
  let input: Plane
  /// Wide pixels that are written; `nil` for the picture.
  var output: Plane?
  var residual: Residual?

  /// Writes the scratch offsets of some pixels, counted from the first of row `rowStart`.
  func fill(_ pixels: Range<Int>, _ scratch: Scratch) {
    let width = input.width
    let radius = kernelSize / 2
    var index = 0
    while index < pixels.count {
      let y = rowStart &+ (pixels.lowerBound &+ index) / width
      let x = (pixels.lowerBound &+ index) % width
      let run = min(width &- x, pixels.count &- index)
      var tap = 0
      for dy in -radius...radius {
        for dx in -radius...radius {
          fillTap(
            y: y &+ dy, x: x &+ dx, count: run, to: scratch.offsets + (tap &* Scratch.rowCount &+ index))
          tap &+= 1
        }
      }
      fillRun(y: y, x: x, count: run, at: index, scratch)
      index &+= run
    }
  }

  /// Writes the scratch offsets of `count` pixels of row `y` from column `x`, which may lie outside, with a tap for each row that
  /// the kernel reaches.
  func fillColumns(y: Int, x: Int, count: Int, _ scratch: Scratch) {
    let radius = kernelSize / 2
    for tap in 0..<kernelSize {
      fillTap(
        y: y &+ tap &- radius, x: x, count: count, to: scratch.offsets + tap &* Scratch.rowCount)
    }
  }

  /// Writes where `count` pixels of row `y` from column `x` go, and where what is added to them is, for rows of the scratch from
  /// `index`.
  @inline(__always)
  func fillRun(y: Int, x: Int, count: Int, at index: Int, _ scratch: Scratch) {
    if let output {
      output.fillOffsets(y: y, x: x, count: count, shift: 0, to: scratch.outputOffsets + index)
    }
    if let residual {
      residual.plane.fillOffsets(
        y: y, x: x, count: count, shift: residual.shift, to: scratch.residualOffsets + index)
    }
  }

  /// Byte offsets of `count` pixels of row `y` from column `x`; offset 0 is the pixel outside.
  @inline(__always)
  private func fillTap(y: Int, x: Int, count: Int, to out: UnsafeMutablePointer<Int32>) {
    guard y >= 0, y < input.height else {
      out.update(repeating: 0, count: count)
      return
    }
    let stride = Int32(truncatingIfNeeded: input.channels)
    var offset = Int32(truncatingIfNeeded: input.codeOffset(y, 0) &+ x &* input.channels)
    for column in 0..<count {
      out[column] = offset
      offset &+= stride
    }
    var outside = 0
    while outside < count, x &+ outside < 0 {
      out[outside] = 0
      outside &+= 1
    }
    outside = max(input.width &- x, 0)
    while outside < count {
      out[outside] = 0
      outside &+= 1
    }
  }
}

extension Plane {
  /// Element offsets of the wide pixels at (y >> shift, x >> shift) for `count` pixels of row `y` from column `x`.
  @inline(__always)
  fileprivate func fillOffsets(
    y: Int, x: Int, count: Int, shift: Int, to out: UnsafeMutablePointer<Int32>
  ) {
    let start = pixel(y >> shift, 0)
    for column in 0..<count {
      out[column] = Int32(truncatingIfNeeded: (start &+ (x &+ column) >> shift) &* channels)
    }
  }
}
