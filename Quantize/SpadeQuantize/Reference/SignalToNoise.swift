import Glibc

/// Squares of a signal and of what a test differs from it, added up.
public struct SignalToNoise: Sendable {
  public private(set) var signal = 0.0
  public private(set) var noise = 0.0

  public init() {}

  public mutating func add(reference: Float, test: Float) {
    let value = Double(reference)
    let difference = value - Double(test)
    signal += value * value
    noise += difference * difference
  }

  /// - Precondition: Both have the same count.
  mutating func add(reference: [Float], test: [Float]) {
    precondition(reference.count == test.count)
    reference.withUnsafeBufferPointer { reference in
      test.withUnsafeBufferPointer { test in
        for index in 0..<reference.count { add(reference: reference[index], test: test[index]) }
      }
    }
  }

  /// Signal-to-quantisation-noise ratio in dB, `10 · log10(signal / noise)`.
  ///
  /// Infinity without noise, minus infinity where only the signal is zero.
  public var decibels: Double { noise == 0 ? .infinity : 10 * log10(signal / noise) }
}
