extension Picture {
  /// The picture as the style encoder reads it.
  ///
  /// Samples become `(v / 255 − 0.5) / 0.5`, then each axis is interpolated between the two nearest
  /// pixels, centres at half pixels, borders repeated, no smoothing when shrinking: PyTorch's
  /// `interpolate(mode="bilinear", align_corners=False)` in float32.
  /// - Parameters:
  ///   - width: In pixels, positive.
  ///   - height: In pixels, positive.
  /// - Returns: `[3, height, width]`, in `-1...1`.
  public func resizedBilinear(width: Int, height: Int) -> [Float] {
    let columns = linearTaps(inputCount: self.width, outputCount: width)
    let rows = linearTaps(inputCount: self.height, outputCount: height)
    var planes = [Float]()
    planes.reserveCapacity(3 * width * height)
    for channel in 0..<3 {
      for row in rows {
        for column in columns {
          let upper = interpolated(row.low, column, channel)
          let lower = interpolated(row.high, column, channel)
          planes.append(upper * row.lowWeight + lower * row.highWeight)
        }
      }
    }
    return planes
  }

  /// As `resizedBilinear`, with each value as the nearest sample; a picture of that size keeps its bytes.
  /// - Returns: `[height, width, 3]`, in `0...255`.
  public func resizedToBytes(width: Int, height: Int) -> [UInt8] {
    let planes = resizedBilinear(width: width, height: height)
    let area = width * height
    var samples = [UInt8]()
    samples.reserveCapacity(3 * area)
    for pixel in 0..<area {
      for channel in 0..<3 {
        samples.append(UInt8(((planes[channel * area + pixel] + 1) * 127.5).rounded(.toNearestOrEven)))
      }
    }
    return samples
  }

  private func interpolated(_ row: Int, _ tap: LinearTap, _ channel: Int) -> Float {
    let start = row * width
    let low = normalized(bytes[(start + tap.low) * 3 + channel])
    let high = normalized(bytes[(start + tap.high) * 3 + channel])
    return low * tap.lowWeight + high * tap.highWeight
  }
}

/// A sample of `0...255` in `-1...1`.
private func normalized(_ sample: UInt8) -> Float { (Float(sample) / 255 - 0.5) / 0.5 }

/// Two neighbouring positions and their weights, which add to 1.
struct LinearTap {
  var low: Int
  var high: Int
  var lowWeight: Float
  var highWeight: Float
}

/// For each output position along an axis, the inputs around
/// `(position + 0.5) · inputCount / outputCount − 0.5`.
func linearTaps(inputCount: Int, outputCount: Int) -> [LinearTap] {
  precondition(inputCount > 0 && outputCount > 0)
  let scale = Float(inputCount) / Float(outputCount)
  var taps = [LinearTap]()
  taps.reserveCapacity(outputCount)
  for position in 0..<outputCount {
    let source = max((Float(position) + 0.5) * scale - 0.5, 0)
    let low = min(Int(source), inputCount - 1)
    let highWeight = min(source - Float(low), 1)
    taps.append(
      LinearTap(
        low: low, high: min(low + 1, inputCount - 1), lowWeight: 1 - highWeight, highWeight: highWeight))
  }
  return taps
}
