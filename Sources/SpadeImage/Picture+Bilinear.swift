import SpadePixels

extension Picture {
  /// The picture as the style encoder reads it: `PhotoPixels.sample` at each pixel's place, borders repeated, no smoothing when
  /// shrinking.
  /// - Parameters:
  ///   - width: In pixels, positive.
  ///   - height: In pixels, positive.
  /// - Returns: `[3, height, width]`, in `-1...1`.
  public func resizedBilinear(width: Int, height: Int) -> [Float] {
    let columns = linearTaps(inputCount: self.width, outputCount: width)
    let rows = linearTaps(inputCount: self.height, outputCount: height)
    var planes = [Float]()
    planes.reserveCapacity(3 * width * height)
    withPixels { pixels in
      for channel in 0..<3 {
        for row in rows {
          for column in columns { planes.append(pixels.sample(row, column, channel)) }
        }
      }
    }
    return planes
  }

  /// As `resizedBilinear`, with each value as the nearest sample; a picture of that size keeps its bytes.
  /// - Returns: `[height, width, 3]`, in `0...255`.
  public func resizedToBytes(width: Int, height: Int) -> [UInt8] {
    let count = 3 * width * height
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      guard let start = bytes.baseAddress else { return }
      withPixels { $0.stretch(width: width, height: height, into: start) }
      filled = count
    }
  }

  private func withPixels(_ body: (PhotoPixels) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      // A picture has a pixel, so there are bytes.
      if let start = bytes.baseAddress { body(PhotoPixels(width: width, height: height, rgb: start)) }
    }
  }
}

/// For each output position along an axis, the inputs around
/// `(position + 0.5) · inputCount / outputCount − 0.5`.
func linearTaps(inputCount: Int, outputCount: Int) -> [LinearTap] {
  precondition(inputCount > 0 && outputCount > 0)
  return (0..<outputCount).map { LinearTap(position: $0, inputCount: inputCount, outputCount: outputCount) }
}
