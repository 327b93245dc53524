import Glibc

extension Metrics {
  /// Structural similarity of two RGB pictures, the mean over the three channels and every window inside the picture.
  ///
  /// `((2·μa·μb + C1) · (2·σab + C2)) / ((μa² + μb² + C1) · (σa² + σb² + C2))` with moments under an 11×11 Gaussian
  /// of σ 1.5 that sums to 1, `C1 = (0.01 · 255)²`, `C2 = (0.03 · 255)²`; covariances are not corrected for the
  /// sample's size.
  ///
  /// Source: Wang et al., "Image quality assessment: from error visibility to structural similarity", IEEE TIP 2004.
  /// - Parameters:
  ///   - a: Interleaved RGB, row-major.
  ///   - b: As `a`.
  ///   - width: At least 11 pixels.
  ///   - height: At least 11 pixels.
  /// - Returns: At most 1, which equal pictures reach.
  public static func ssim(_ a: [UInt8], _ b: [UInt8], width: Int, height: Int) -> Double {
    precondition(a.count == 3 * width * height && b.count == a.count && min(width, height) >= windowSize)
    let c1 = 0.01 * 255 * (0.01 * 255)
    let c2 = 0.03 * 255 * (0.03 * 255)
    var sum = 0.0
    var count = 0
    for channel in 0..<3 {
      let first = plane(a, channel)
      let second = plane(b, channel)
      let meansA = smoothed(first, width: width)
      let meansB = smoothed(second, width: width)
      let squaresA = smoothed(product(first, first), width: width)
      let squaresB = smoothed(product(second, second), width: width)
      let products = smoothed(product(first, second), width: width)
      for index in meansA.indices {
        let meanA = meansA[index]
        let meanB = meansB[index]
        let varianceA = squaresA[index] - meanA * meanA
        let varianceB = squaresB[index] - meanB * meanB
        let covariance = products[index] - meanA * meanB
        sum +=
          (2 * meanA * meanB + c1) * (2 * covariance + c2)
          / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
      }
      count += meansA.count
    }
    return sum / Double(count)
  }

  /// Side of the Gaussian window, in pixels.
  private static let windowSize = 11

  private static let window: [Double] = {
    let weights = (0..<windowSize).map { index in
      let distance = Double(index - windowSize / 2)
      return exp(-distance * distance / (2 * 1.5 * 1.5))
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }()

  private static func plane(_ rgb: [UInt8], _ channel: Int) -> [Double] {
    stride(from: channel, to: rgb.count, by: 3).map { Double(rgb[$0]) }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> [Double] {
    a.indices.map { a[$0] * b[$0] }
  }

  /// The Gaussian mean of every window that lies inside the plane, row-major.
  private static func smoothed(_ plane: [Double], width: Int) -> [Double] {
    let height = plane.count / width
    let newWidth = width - windowSize + 1
    let rows = weighted(plane, lineCount: height, lineStride: width, count: newWidth, step: 1)
    return weighted(
      rows, lineCount: height - windowSize + 1, lineStride: newWidth, count: newWidth, step: newWidth)
  }

  /// `output[line · count + i] = Σ window[t] · input[line · lineStride + i + t · step]`.
  private static func weighted(
    _ input: [Double], lineCount: Int, lineStride: Int, count: Int, step: Int
  ) -> [Double] {
    var output = [Double](repeating: 0, count: lineCount * count)
    input.withUnsafeBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        for line in 0..<lineCount {
          for (tap, weight) in window.enumerated() {
            let source = line * lineStride + tap * step
            for index in 0..<count { output[line * count + index] += weight * input[source + index] }
          }
        }
      }
    }
    return output
  }
}
