extension Tensor {
  /// The picture's bytes, `(v + 1) / 2 · 255` in float32, clipped to `0...255`, truncated.
  ///
  /// - Precondition: Three channels; values nominally in `-1...1`.
  /// - Returns: Interleaved RGB, row-major, `height · width · 3` bytes; a NaN becomes 0.
  public func rgb8() -> [UInt8] {
    precondition(channelCount == 3)
    let planeCount = planeCount
    return values.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: 3 * planeCount) { output, initializedCount in
        for channel in 0..<3 {
          for pixel in 0..<planeCount {
            let level: Float = (input[channel * planeCount + pixel] + 1) / 2 * 255
            output[3 * pixel + channel] = level > 0 ? UInt8(level < 255 ? level : 255) : 0
          }
        }
        initializedCount = 3 * planeCount
      }
    }
  }
}
