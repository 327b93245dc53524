/// An 8-bit RGB picture in memory of the caller.
public struct PhotoPixels {
  /// In pixels.
  let width: Int
  let height: Int
  /// `[height, width, 3]`: red, green, blue.
  let rgb: UnsafePointer<UInt8>

  /// - Parameters:
  ///   - width: In pixels, positive, and so is `height`.
  ///   - rgb: `[height, width, 3]`: red, green, blue.
  public init(width: Int, height: Int, rgb: UnsafePointer<UInt8>) {
    self.width = width
    self.height = height
    self.rgb = rgb
  }

  /// Stretches the picture: each axis is interpolated between the two nearest pixels, see `sample`; a picture of that size keeps its
  /// bytes.
  /// - Parameters:
  ///   - width: In pixels, positive, and so is `height`.
  ///   - bytes: `[height, width, 3]`, written.
  public func stretch(width: Int, height: Int, into bytes: UnsafeMutablePointer<UInt8>) {
    for y in 0..<height {
      let row = LinearTap(position: y, inputCount: self.height, outputCount: height)
      for x in 0..<width {
        let column = LinearTap(position: x, inputCount: self.width, outputCount: width)
        for channel in 0..<3 {
          let value = (sample(row, column, channel) + 1) * 127.5
          bytes[3 * (y * width + x) + channel] = UInt8(value.rounded(.toNearestOrEven))
        }
      }
    }
  }

  /// A value between four pixels, in `-1...1`.
  ///
  /// Samples become `(v / 255 − 0.5) / 0.5`, then each axis is interpolated, rows first, in float32 and without fused
  /// multiply-adds: PyTorch's `interpolate(mode="bilinear", align_corners=False)`.
  public func sample(_ row: LinearTap, _ column: LinearTap, _ channel: Int) -> Float {
    let upper = interpolated(row.low, column, channel)
    let lower = interpolated(row.high, column, channel)
    return upper * row.lowWeight + lower * row.highWeight
  }

  private func interpolated(_ row: Int, _ tap: LinearTap, _ channel: Int) -> Float {
    let start = row * width
    let low = normalized(rgb[(start + tap.low) * 3 + channel])
    let high = normalized(rgb[(start + tap.high) * 3 + channel])
    return low * tap.lowWeight + high * tap.highWeight
  }

  /// A sample of `0...255` in `-1...1`.
  private func normalized(_ sample: UInt8) -> Float { (Float(sample) / 255 - 0.5) / 0.5 }
}
