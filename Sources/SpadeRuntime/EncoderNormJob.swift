import SpadeModel

/// Instance norm and leaky relu of 16 channels a task: sums to codes.
///
/// v = (sum − mean) · scale / sqrt(variance · scale² + 1e-5);  code = saturate(round(256 · max(v, 0.2 v)))
///
/// All of it in float64, each channel on its own and its squares from the first pixel to the last, so that no order of
/// work changes a bit.
struct EncoderNormJob {
  static var epsilon: Double { 1e-5 }
  static var slope: Double { 0.2 }
  /// 1.5 · 2^52: added and taken off again, it rounds to nearest with ties to even, without a call of the C library.
  static var rounding: Double { 6_755_399_441_055_744 }

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

  func run(task panel: Int, scratch: Scratch) {
    let columns = ModelFormat.panelColumns
    let sums = sums + panel * pixelCount * columns
    let totals = UnsafeMutableRawPointer(scratch.accumulators).assumingMemoryBound(to: Int64.self)
    let means = UnsafeMutableRawPointer(totals + columns).assumingMemoryBound(to: Double.self)
    let squares = means + columns
    let factors = squares + columns
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
    for column in 0..<columns {
      let scale = Double(scales[panel * columns + column])
      let variance = squares[column] / Double(pixelCount) * (scale * scale)
      factors[column] = Double(EncoderLayout.codesPerUnit) * scale / (variance + Self.epsilon).squareRoot()
    }
    let limits = EncoderAreas.codeLimits
    for pixel in 0..<pixelCount {
      let place = (1 &+ pixel) &* 2 &* channels &+ panel &* columns
      let high = codes + place
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
