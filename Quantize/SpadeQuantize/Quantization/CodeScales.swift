/// How the channels of a tensor of codes map to real values: real = scale · (code − zero).
struct CodeScales: Equatable {
  var scale: [Float]
  var zero: [Int]

  /// How many standard deviations from the mean the codes of a channel reach at least.
  static let deviations = 4.0

  /// Min–max: the interval seen fills the 256 codes, and 0.0 has a code of its own.
  /// - Parameter interval: One for each channel; where there is none a code is worth 1.
  init(_ interval: Ranges.Interval?, channelCount: Int) throws(ValueTooLarge) {
    scale = [Float](repeating: 1, count: channelCount)
    zero = [Int](repeating: 0, count: channelCount)
    guard let interval = interval?.widened(Self.deviations) else { return }
    for channel in 0..<channelCount {
      let width = interval.high[channel] - interval.low[channel]
      scale[channel] = try ValueTooLarge.check(max(width / 255, 1e-6))
      let code = (-128 - interval.low[channel] / scale[channel]).rounded(.toNearestOrEven)
      zero[channel] = Int(max(-128, min(127, code)))
    }
  }
}
