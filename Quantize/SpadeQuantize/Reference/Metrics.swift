import Glibc

/// How far a picture or a signal is from its reference.
public enum Metrics {
  /// Of pictures of one size together, from that of each: of the mean of their mean squared differences.
  static func psnr(together decibels: [Double]) -> Double {
    let squares = decibels.reduce(0) { $0 + pow(10, -$1 / 10) }
    return -10 * log10(squares / Double(decibels.count))
  }

  /// Peak signal-to-noise ratio in dB, `10 · log10(255² / mean squared difference)`; infinity for equal bytes.
  ///
  /// - Precondition: Both have the same count, at least 1.
  public static func psnr(_ a: [UInt8], _ b: [UInt8]) -> Double {
    precondition(a.count == b.count && !a.isEmpty)
    var squares = 0
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        for index in 0..<a.count {
          let difference = Int(a[index]) - Int(b[index])
          squares += difference * difference
        }
      }
    }
    return 10 * log10(255 * 255 * Double(a.count) / Double(squares))
  }

  /// The largest absolute difference, in `0...255`.
  ///
  /// - Precondition: Both have the same count.
  public static func maxError(_ a: [UInt8], _ b: [UInt8]) -> Int {
    precondition(a.count == b.count)
    return zip(a, b).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
  }
}
