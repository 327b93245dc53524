/// How many times as wide and high a picture becomes.
public enum Enlargement: Int, CaseIterable, Sendable {
  case none = 1
  case twofold = 2
  case fourfold = 4
}

extension Picture {
  /// The picture enlarged and smoothed: bicubic with Catmull and Rom's weights, border pixels repeated, in whole numbers, so that it is the
  /// same on every machine and in the studio's page.
  ///
  /// Along an axis output position `s · x + k` lies `(2k + 1 − s) / 2s` beyond the centre of input `x`. Weights are over `16 s³`; rows come
  /// first, and only the sum of both axes is rounded, halves up, and cut to a byte.
  public func enlarged(_ enlargement: Enlargement) throws(ImageError) -> Picture {
    let scale = enlargement.rawValue
    guard scale > 1 else { return self }
    let (wide, high) = (width * scale, height * scale)
    guard wide <= PNGLimits.side, high <= PNGLimits.side, wide * high <= PNGLimits.pixelCount else {
      throw .badSize(width: wide, height: high)
    }
    try checkMemory(3 * wide * high)
    let phases = (0..<scale).map { CubicTap(phase: $0, scale: scale) }
    let whole = CubicTap.sum(scale: scale) * CubicTap.sum(scale: scale)
    var result: [UInt8] = []
    result.reserveCapacity(3 * wide * high)
    var line = [Int](repeating: 0, count: 3 * width)
    for y in 0..<high {
      mix(phases[y % scale], at: y / scale, into: &line)
      for x in 0..<wide {
        let tap = phases[x % scale]
        for channel in 0..<3 {
          var sum = 0
          for index in 0..<4 {
            let column = min(max(x / scale + tap.start + index, 0), width - 1)
            sum += tap.weights[index] * line[3 * column + channel]
          }
          // Rounds down, as the divisor is a power of two.
          result.append(UInt8(min(max((sum + whole / 2) >> whole.trailingZeroBitCount, 0), 255)))
        }
      }
    }
    return try Picture(width: wide, height: high, bytes: result)
  }

  /// A row between rows, as sums with the tap's weights.
  private func mix(_ tap: CubicTap, at y: Int, into line: inout [Int]) {
    for index in line.indices { line[index] = 0 }
    for part in 0..<4 {
      let row = min(max(y + tap.start + part, 0), height - 1)
      for index in line.indices { line[index] += tap.weights[part] * Int(bytes[3 * width * row + index]) }
    }
  }
}

/// The four inputs around an output position and their weights.
private struct CubicTap {
  /// The first of them, from the input that the position lies in.
  let start: Int
  /// They add to `sum(scale:)`.
  let weights: SIMD4<Int>

  /// - Parameters:
  ///   - phase: Of the outputs in one input, `0..<scale`.
  init(phase: Int, scale: Int) {
    let d = 2 * scale
    let way = 2 * phase + 1 - scale
    start = way < 0 ? -2 : -1
    // How far the position is beyond the second input, in 1/d.
    let n = way < 0 ? way + d : way
    weights = SIMD4(
      -n * n * n + 2 * n * n * d - n * d * d, 3 * n * n * n - 5 * n * n * d + 2 * d * d * d,
      -3 * n * n * n + 4 * n * n * d + n * d * d, n * n * n - n * n * d)
  }

  static func sum(scale: Int) -> Int { 16 * scale * scale * scale }
}
