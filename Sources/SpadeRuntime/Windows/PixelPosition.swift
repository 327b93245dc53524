/// Where a pixel of a level is, as the arena keeps it and `spade_tap_sum` reads it: y, then x. Sides are at most 4096.
struct PixelPosition: Equatable {
  private let y: UInt16
  private let x: UInt16

  init(y: Int, x: Int) {
    self.y = UInt16(truncatingIfNeeded: y)
    self.x = UInt16(truncatingIfNeeded: x)
  }

  var row: Int { Int(y) }
  var column: Int { Int(x) }
}
