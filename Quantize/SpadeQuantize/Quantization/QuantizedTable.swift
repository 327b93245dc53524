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

  /// Every sum of one row per tap stays inside −32767 … 32767 minus `headroom`: units grow where they must.
  /// - Parameters:
  ///   - convolution: Input channels are the labels, then the edge channel where `hasEdges`.
  ///   - unit: Wanted real value of one unit, for each channel.
  ///   - channelCount: Channels that the rows have room for, where that is more than the convolution's.
  init(
    _ convolution: Convolution, channelCount: Int = 0, labelCount: Int, hasEdges: Bool, unit wanted: [Float],
    headroom: Int = 0
  ) throws(ValueTooLarge) {
    let taps = convolution.kernelSize * convolution.kernelSize
    let used = convolution.outputChannelCount
    let inputs = convolution.inputChannelCount
    channels = ModelFormat.padded(max(used, channelCount), to: ModelFormat.channelBlock)
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
      let unit = try ValueTooLarge.check(
        max(wanted[channel], bound / limit, Float.leastNormalMagnitude * 1024))
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

extension QuantizedTable {
  /// The first tensor's table, with one unit for all channels, because the tensor has one scale.
  /// - Parameter scale: The least real value of one unit.
  init(
    firstLayer convolution: Convolution, channelCount: Int = 0, labelCount: Int, hasEdges: Bool, scale: Float
  ) throws(ValueTooLarge) {
    func table(_ scale: Float) throws(ValueTooLarge) -> QuantizedTable {
      try QuantizedTable(
        convolution, channelCount: channelCount, labelCount: labelCount, hasEdges: hasEdges,
        unit: [Float](repeating: scale, count: convolution.outputChannelCount))
    }
    self = try table(try table(scale).unit.max() ?? scale)
  }

  /// The label table of a SPADE layer: its unit is 1/32 of a hidden activation's code.
  /// - Parameters:
  ///   - shared: Label map to hidden channels.
  ///   - seen: The largest hidden activation of each channel on the calibration maps.
  init(
    hiddenLayer shared: Convolution, labelCount: Int, hasEdges: Bool, seen: [Float]?
  ) throws(ValueTooLarge) {
    let interiors = Self.interiorMaxima(shared, labelCount: labelCount)
    let unit = interiors.indices.map { channel in
      max(seen?[channel] ?? 0, interiors[channel]) / Float(255 << 5)
    }
    try self.init(shared, labelCount: labelCount, hasEdges: hasEdges, unit: unit, headroom: 16)
  }

  /// The largest hidden activation of each channel inside areas of one label, over all labels: the calibration maps
  /// rarely show every label, but the weights tell.
  private static func interiorMaxima(_ shared: Convolution, labelCount: Int) -> [Float] {
    let taps = shared.kernelSize * shared.kernelSize
    return (0..<shared.outputChannelCount).map { channel in
      var most: Float = 0
      for label in 0..<labelCount {
        let first = (channel * shared.inputChannelCount + label) * taps
        most = max(most, shared.weight[first..<(first + taps)].reduce(shared.bias[channel], +))
      }
      return most
    }
  }
}
