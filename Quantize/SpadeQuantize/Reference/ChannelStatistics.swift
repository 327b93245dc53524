/// `n(x) = (x - mean) · inverseDeviation`, a pair for each channel.
struct ChannelStatistics: Sendable {
  var mean: [Float]
  /// `1 / sqrt(variance + SpadeLayer.epsilon)`.
  var inverseDeviation: [Float]

  /// Batch norm: constants of the checkpoint.
  init(_ statistics: SpadeLayer.BatchStatistics) {
    mean = statistics.mean
    inverseDeviation = statistics.variance.map { 1 / ($0 + SpadeLayer.epsilon).squareRoot() }
  }

  /// Instance norm: mean and biased variance of each channel of `input`, accumulated in float64.
  init(measuring input: Tensor) {
    mean = []
    inverseDeviation = []
    let planeCount = input.planeCount
    input.values.withUnsafeBufferPointer { values in
      for channel in 0..<input.channelCount {
        let plane = UnsafeBufferPointer(rebasing: values[channel * planeCount..<(channel + 1) * planeCount])
        var sum = 0.0
        for index in 0..<planeCount { sum += Double(plane[index]) }
        let center = sum / Double(planeCount)
        var squares = 0.0
        for index in 0..<planeCount {
          let deviation = Double(plane[index]) - center
          squares += deviation * deviation
        }
        mean.append(Float(center))
        let variance = squares / Double(planeCount)
        inverseDeviation.append(Float(1 / (variance + Double(SpadeLayer.epsilon)).squareRoot()))
      }
    }
  }

  /// `n(input)`.
  func normalized(_ input: Tensor) -> Tensor {
    let planeCount = input.planeCount
    return input.values.withUnsafeBufferPointer { values in
      Tensor(channelCount: input.channelCount, height: input.height, width: input.width) { output in
        for channel in 0..<input.channelCount {
          let center = mean[channel]
          let factor = inverseDeviation[channel]
          for index in channel * planeCount..<(channel + 1) * planeCount {
            output[index] = (values[index] - center) * factor
          }
        }
      }
    }
  }
}
