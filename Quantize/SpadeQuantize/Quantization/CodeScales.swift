import SpadeModel

/// How the channels of a tensor of codes map to real values: real = scale · (code − zero).
struct CodeScales: Equatable {
  let isFine: Bool
  var scale: [Float]
  var zero: [Int]

  init(isFine: Bool, scale: [Float], zero: [Int]) {
    self.isFine = isFine
    self.scale = scale
    self.zero = zero
  }

  /// How many standard deviations from the mean the codes of a channel reach at least: what is clipped and what is rounded then
  /// err about the same.
  static func deviations(isFine: Bool) -> Double { isFine ? 7 : 6 }

  /// The interval seen, or that of `deviations(isFine:)` around the mean where it reaches farther, fills the 256 codes, or all fine codes;
  /// 0.0 has a code of its own.
  /// - Parameters:
  ///   - intervals: Of each channel, before the leaky relu; where there are none a code is worth 1.
  ///   - slope: Of the leaky relu.
  init(
    _ intervals: ChannelIntervals?, slope: Float, isFine: Bool = false, channelCount: Int
  ) throws(ValueTooLarge) {
    self.isFine = isFine
    scale = [Float](repeating: 1, count: channelCount)
    zero = [Int](repeating: 0, count: channelCount)
    guard let interval = intervals?.reaching(Self.deviations(isFine: isFine)).rectified(slope: slope) else {
      return
    }
    let (least, most) = (limits.lowerBound, limits.upperBound)
    for channel in 0..<channelCount {
      let width = interval.high[channel] - interval.low[channel]
      scale[channel] = try ValueTooLarge.check(max(width / (most - least), 1e-6))
      let code = (least - interval.low[channel] / scale[channel]).rounded(.toNearestOrEven)
      zero[channel] = Int(max(least, min(most, code)))
    }
  }

  /// The least and the largest code.
  var limits: ClosedRange<Float> { isFine ? ModelFormat.fineCodes : -128...127 }

  var encoding: ActivationTensor.Encoding { isFine ? .fineCodes : .codes }
}
