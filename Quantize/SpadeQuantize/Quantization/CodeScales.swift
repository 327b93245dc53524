/// How the channels of a tensor of codes map to real values: real = scale · (code − zero).
struct CodeScales: Equatable {
  var scale: [Float]
  var zero: [Int]

  /// How many standard deviations from the mean the codes of a channel reach at least.
  static let deviations = 6.0

  /// The interval seen, or that of `deviations` around the mean where it reaches farther, fills the 256 codes; 0.0 has a code
  /// of its own.
  /// - Parameters:
  ///   - intervals: Of each channel, before the leaky relu; where there are none a code is worth 1.
  ///   - slope: Of the leaky relu.
  init(_ intervals: ChannelIntervals?, slope: Float, channelCount: Int) throws(ValueTooLarge) {
    scale = [Float](repeating: 1, count: channelCount)
    zero = [Int](repeating: 0, count: channelCount)
    guard let interval = intervals?.reaching(Self.deviations).rectified(slope: slope) else { return }
    for channel in 0..<channelCount {
      let width = interval.high[channel] - interval.low[channel]
      scale[channel] = try ValueTooLarge.check(max(width / 255, 1e-6))
      let code = (-128 - interval.low[channel] / scale[channel]).rounded(.toNearestOrEven)
      zero[channel] = Int(max(-128, min(127, code)))
    }
  }
}
