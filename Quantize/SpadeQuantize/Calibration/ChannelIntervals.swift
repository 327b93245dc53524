/// The interval that the values of each channel fill, and their mean and standard deviation.
public struct ChannelIntervals: Sendable {
  /// Smallest and largest value of each channel; zero is always inside.
  private(set) var low: [Float]
  private(set) var high: [Float]
  /// Values seen a channel, their sums and sums of squares.
  private var count = 0
  private var sum: [Double]
  private var squares: [Double]

  init(channelCount: Int) {
    low = [Float](repeating: 0, count: channelCount)
    high = low
    sum = [Double](repeating: 0, count: channelCount)
    squares = sum
  }

  /// Adds all values of a tensor, each mapped by `transform`.
  mutating func include(_ tensor: Tensor, transform: (Float) -> Float = { $0 }) {
    let area = tensor.planeCount
    count += area
    tensor.values.withUnsafeBufferPointer { values in
      for channel in 0..<tensor.channelCount {
        var least = low[channel]
        var most = high[channel]
        var total = 0.0
        var totalSquares = 0.0
        for value in values[(channel * area)..<((channel + 1) * area)] {
          let value = transform(value)
          least = min(least, value)
          most = max(most, value)
          total += Double(value)
          totalSquares += Double(value * value)
        }
        sum[channel] += total
        squares[channel] += totalSquares
        low[channel] = least
        high[channel] = most
      }
    }
  }

  /// Adds what another has seen.
  mutating func include(_ other: ChannelIntervals) {
    count += other.count
    for channel in low.indices {
      low[channel] = min(low[channel], other.low[channel])
      high[channel] = max(high[channel], other.high[channel])
      sum[channel] += other.sum[channel]
      squares[channel] += other.squares[channel]
    }
  }

  /// The intervals, reaching at least `deviations` standard deviations from the mean where they reach at all. At low resolutions the calibration sees
  /// few values of a channel, and other maps go beyond them.
  func reaching(_ deviations: Double) -> ChannelIntervals {
    var result = self
    for channel in low.indices {
      let mean = sum[channel] / Double(max(count, 1))
      let variance = max(squares[channel] / Double(max(count, 1)) - mean * mean, 0)
      let reach = deviations * variance.squareRoot()
      if high[channel] > 0 { result.high[channel] = max(high[channel], Float(mean + reach)) }
      if low[channel] < 0 { result.low[channel] = min(low[channel], Float(mean - reach)) }
    }
    return result
  }

  /// The intervals behind a leaky relu.
  func rectified(slope: Float) -> ChannelIntervals {
    var result = self
    result.low = low.map { $0 * slope }
    return result
  }
}
