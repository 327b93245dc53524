import SpadeInput

/// Smooth noise of the plane: hashed values at whole coordinates, blended by `t² · (3 - 2t)` between them.
///
/// Whole numbers and IEEE arithmetic only: the same values on every machine.
struct ValueNoise: Sendable {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// A value in `0...1` that varies over distances of about 1, and by a third as much over 1/4.
  func value(_ x: Double, _ y: Double) -> Double {
    0.75 * octave(x, y) + 0.25 * octave(4 * x, 4 * y)
  }

  private func octave(_ x: Double, _ y: Double) -> Double {
    let left = x.rounded(.down)
    let top = y.rounded(.down)
    let blendX = Self.blend(x - left)
    let blendY = Self.blend(y - top)
    let column = Int64(left)
    let row = Int64(top)
    let upper = lattice(column, row) + (lattice(column + 1, row) - lattice(column, row)) * blendX
    let lower = lattice(column, row + 1) + (lattice(column + 1, row + 1) - lattice(column, row + 1)) * blendX
    return upper + (lower - upper) * blendY
  }

  private static func blend(_ t: Double) -> Double { t * t * (3 - 2 * t) }

  private func lattice(_ column: Int64, _ row: Int64) -> Double {
    let word = SplitMix64.mix(SplitMix64.mix(seed &+ UInt64(bitPattern: column)) ^ UInt64(bitPattern: row))
    return Double(word >> 11) * 0x1p-53
  }
}
