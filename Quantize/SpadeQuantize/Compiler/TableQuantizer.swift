import SpadeModel

/// A convolution of the one-hot label map as rows of int16 to add up.
struct QuantizedTable {
  /// `[taps][labelCount][channels]`, then with edges `[taps][channels]`; channels padded.
  var rows: [Int16]
  /// `[channels]`.
  var bias: [Int16]
  var channels: Int
  /// `[channelCount]`: real value of one unit of the sum.
  var unit: [Float]

  /// Every sum of one row a tap stays inside −32767 … 32767 minus `headroom`: units grow where they must.
  /// - Parameters:
  ///   - convolution: Input channels are the labels, then the edge channel where `hasEdges`.
  ///   - unit: Wanted real value of one unit, for each channel.
  init(_ convolution: Convolution, labelCount: Int, hasEdges: Bool, unit wanted: [Float], headroom: Int = 0) {
    let taps = convolution.kernelSize * convolution.kernelSize
    let used = convolution.outputChannelCount
    let inputs = convolution.inputChannelCount
    channels = ModelFormat.padded(used, to: ModelFormat.channelBlock)
    unit = wanted
    rows = [Int16](repeating: 0, count: taps * (labelCount + (hasEdges ? 1 : 0)) * channels)
    bias = [Int16](repeating: 0, count: channels)
    for channel in 0..<used {
      let weights = convolution.weight[(channel * inputs * taps)..<((channel + 1) * inputs * taps)]
      let start = weights.startIndex
      var bound = abs(convolution.bias[channel])
      for tap in 0..<taps {
        var most: Float = 0
        for label in 0..<labelCount { most = max(most, abs(weights[start + label * taps + tap])) }
        bound += most
        if hasEdges { bound += abs(weights[start + labelCount * taps + tap]) }
      }
      // One half for the rounding of each addend.
      let limit = Float(32767 - headroom - taps - 1)
      let unit = max(wanted[channel], bound / limit, Float.leastNormalMagnitude * 1024)
      self.unit[channel] = unit
      bias[channel] = Self.code(convolution.bias[channel], unit)
      for tap in 0..<taps {
        for label in 0..<labelCount {
          rows[(tap * labelCount + label) * channels + channel] = Self.code(
            weights[start + label * taps + tap], unit)
        }
        if hasEdges {
          rows[(taps * labelCount + tap) * channels + channel] = Self.code(
            weights[start + labelCount * taps + tap], unit)
        }
      }
    }
  }

  private static func code(_ value: Float, _ unit: Float) -> Int16 {
    Int16((value / unit).rounded(.toNearestOrEven))
  }
}
