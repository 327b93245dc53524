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
  /// What sums leave free where a style adds to them.
  private static func headroom(_ convolution: LabelConvolution) -> Int {
    convolution.style == nil ? 0 : ModelFormat.styleBiasLimit
  }

  /// The unit of each channel, at least `wanted`, in which the bias and what a style adds have room as far as `styleDeviations`.
  private static func units(_ convolution: LabelConvolution, wanted: [Float]) -> [Float] {
    guard let deviations = convolution.styleDeviations else { return wanted }
    return wanted.indices.map { channel in
      let reach = abs(convolution.labels.bias[channel]) + styleDeviations * deviations[channel]
      return max(wanted[channel], reach / Float(ModelFormat.styleBiasLimit))
    }
  }

  /// How many standard deviations of what a style adds have room.
  private static let styleDeviations: Float = 6

  /// The table of the labels alone: where a style adds to it, that part has the bias.
  private static func labels(_ convolution: LabelConvolution) -> Convolution {
    var labels = convolution.labels
    if convolution.style != nil { labels.bias = labels.bias.map { _ in 0 } }
    return labels
  }

  /// The first tensor's table, with one unit for all channels, because the tensor has one scale.
  /// - Parameter scale: The least real value of one unit.
  init(
    firstLayer convolution: LabelConvolution, channelCount: Int = 0, labelCount: Int, hasEdges: Bool,
    scale: Float
  ) throws(ValueTooLarge) {
    func table(_ scale: Float) throws(ValueTooLarge) -> QuantizedTable {
      try QuantizedTable(
        Self.labels(convolution), channelCount: channelCount, labelCount: labelCount, hasEdges: hasEdges,
        unit: Self.units(
          convolution, wanted: [Float](repeating: scale, count: convolution.labels.outputChannelCount)),
        headroom: Self.headroom(convolution))
    }
    self = try table(try table(scale).unit.max() ?? scale)
  }

  /// The label table of a SPADE layer: its unit is 1/32 of a hidden activation's code.
  /// - Parameters:
  ///   - shared: Label map to hidden channels.
  ///   - seen: The largest hidden activation of each channel on the calibration maps.
  init(
    hiddenLayer shared: LabelConvolution, labelCount: Int, hasEdges: Bool, seen: [Float]?
  ) throws(ValueTooLarge) {
    let interiors = Self.interiorMaxima(shared, labelCount: labelCount)
    let unit = interiors.indices.map { channel in
      max(seen?[channel] ?? 0, interiors[channel]) / Float(255 << 5)
    }
    try self.init(
      Self.labels(shared), labelCount: labelCount, hasEdges: hasEdges, unit: Self.units(shared, wanted: unit),
      headroom: 16 + Self.headroom(shared))
  }

  /// The largest hidden activation of each channel inside areas of one label, over all labels: the calibration maps
  /// rarely show every label, but the weights tell.
  private static func interiorMaxima(_ convolution: LabelConvolution, labelCount: Int) -> [Float] {
    let shared = convolution.labels
    let taps = shared.kernelSize * shared.kernelSize
    // A style three standard deviations from the middle moves all areas.
    let style = convolution.styleDeviations?.map { 3 * $0 }
    return (0..<shared.outputChannelCount).map { channel in
      let bias = shared.bias[channel] + (style?[channel] ?? 0)
      var most: Float = 0
      for label in 0..<labelCount {
        let first = (channel * shared.inputChannelCount + label) * taps
        most = max(most, shared.weight[first..<(first + taps)].reduce(bias, +))
      }
      return most
    }
  }
}
