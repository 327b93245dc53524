import SpadeModel

/// Instance norm and leaky relu of 16 channels per task: sums to codes.
///
/// v = (sum − mean) · scale / sqrt(variance · scale² + 1e-5);  code = saturate(round(256 · max(v, 0.2 v)))
///
/// All of it in float64, each channel on its own and its squares from the first pixel to the last, so that no order of
/// work changes a bit.
struct EncoderNormJob: PoolJob {
  private static var epsilon: Double { 1e-5 }
  private static var slope: Double { 0.2 }
  /// 1.5 · 2^52: added and taken off again, it rounds to nearest with ties to even, without a call of the C library.
  private static var rounding: Double { 6_755_399_441_055_744 }

  let pixelCount: Int
  /// `[panels][pixels][16]`.
  let sums: UnsafePointer<Int32>
  /// Real value of a unit of the sums.
  let scales: UnsafePointer<Float>
  /// Of the pixel outside; the others follow.
  let codes: UnsafeMutablePointer<UInt8>
  /// Bytes of a pixel's high or low parts.
  let channels: Int
  let flip: UInt8

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let columns = ModelFormat.panelColumns

  var taskCount: Int { channels / Self.columns }

  func run(task panel: Int, scratch: Scratch) {
    let sums = sums + panel * pixelCount * Self.columns
    let totals = UnsafeMutableRawPointer(scratch.accumulators).assumingMemoryBound(to: Int64.self)
    let means = UnsafeMutableRawPointer(totals + Self.columns).assumingMemoryBound(to: Double.self)
    let squares = means + Self.columns
    let factors = squares + Self.columns
    measure(sums, totals: totals, means: means, squares: squares)
    for column in 0..<Self.columns {
      let scale = Double(scales[panel * Self.columns + column])
      let variance = squares[column] / Double(pixelCount) * (scale * scale)
      factors[column] = Double(EncoderLayout.codesPerUnit) * scale / (variance + Self.epsilon).squareRoot()
    }
    writeCodes(sums, panel: panel, means: means, factors: factors)
  }

  /// The mean of each column, and the sum of squared differences from it.
  private func measure(
    _ sums: UnsafePointer<Int32>, totals: UnsafeMutablePointer<Int64>, means: UnsafeMutablePointer<Double>,
    squares: UnsafeMutablePointer<Double>
  ) {
    let columns = Self.columns
    totals.initialize(repeating: 0, count: columns)
    squares.initialize(repeating: 0, count: columns)
    for pixel in 0..<pixelCount {
      for column in 0..<columns { totals[column] &+= Int64(sums[pixel &* columns &+ column]) }
    }
    for column in 0..<columns { means[column] = Double(totals[column]) / Double(pixelCount) }
    for pixel in 0..<pixelCount {
      for column in 0..<columns {
        let difference = Double(sums[pixel &* columns &+ column]) - means[column]
        squares[column] += difference * difference
      }
    }
  }

  private func writeCodes(
    _ sums: UnsafePointer<Int32>, panel: Int, means: UnsafePointer<Double>, factors: UnsafePointer<Double>
  ) {
    let columns = Self.columns
    let limits = EncoderAreas.codeLimits
    for pixel in 0..<pixelCount {
      // The pixel outside comes first.
      let start = (1 &+ pixel) &* 2 &* channels &+ panel &* columns
      let high = codes + start
      let low = high + channels
      for column in 0..<columns {
        let sum = Double(sums[pixel &* columns &+ column])
        let value = (sum - means[column]) * factors[column]
        let rectified = value > 0 ? value : value * Self.slope
        let clipped = max(limits.lowerBound, min(limits.upperBound, rectified))
        let code = Int32(clipped + Self.rounding - Self.rounding)
        high[column] = UInt8(truncatingIfNeeded: code >> 7) ^ flip
        low[column] = UInt8(truncatingIfNeeded: code & 127) ^ flip
      }
    }
  }
}
