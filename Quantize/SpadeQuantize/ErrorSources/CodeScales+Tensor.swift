extension CodeScales {
  /// Does to values what codes do.
  /// - Parameters:
  ///   - tensor: As a convolution reads it.
  ///   - clips: Values beyond the codes become those of the last code.
  ///   - rounds: Values become those of the nearest code, however far it lies.
  func apply(to tensor: inout Tensor, clips: Bool, rounds: Bool) {
    let area = tensor.planeCount
    tensor.values.withUnsafeMutableBufferPointer { values in
      for channel in scale.indices {
        let scale = scale[channel]
        let least = (limits.lowerBound - Float(zero[channel])) * scale
        let most = (limits.upperBound - Float(zero[channel])) * scale
        for index in channel * area..<(channel + 1) * area {
          var value = values[index]
          if rounds { value = (value / scale).rounded(.toNearestOrEven) * scale }
          if clips { value = max(least, min(most, value)) }
          values[index] = value
        }
      }
    }
  }

  /// How many values lie more than half a code beyond the codes.
  func clippedCount(in tensor: Tensor) -> Int {
    let area = tensor.planeCount
    var count = 0
    tensor.values.withUnsafeBufferPointer { values in
      for channel in scale.indices {
        let zero = Float(zero[channel])
        let low = (limits.lowerBound - zero - 0.5) * scale[channel]
        let high = (limits.upperBound - zero + 0.5) * scale[channel]
        for index in channel * area..<(channel + 1) * area where values[index] < low || values[index] > high {
          count += 1
        }
      }
    }
    return count
  }
}
