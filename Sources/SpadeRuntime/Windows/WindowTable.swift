import SpadeModel

/// Numbers the distinct k×k windows of a plane of 16-bit symbols, a row at a time, in linear time.
///
/// A window is found by hashing its symbols into an open-addressing table of numbers and comparing with the window at
/// the pixel where that number first occurred, so no keys are stored. A pixel whose window equals its left
/// neighbour's takes its number without hashing.
struct WindowTable {
  /// The plane: symbol (y, x) is `symbols[y · rowStride + x · columnStride]`.
  let symbols: UnsafePointer<UInt16>
  let rowStride: Int
  let columnStride: Int
  let width: Int
  let height: Int
  let kernelSize: Int
  /// `[height][width]`: where the numbers go.
  let numbers: UnsafeMutablePointer<UInt16>
  /// `[capacity]`: the first pixel with each number.
  let positions: UnsafeMutablePointer<PixelPosition>
  let slots: UnsafeMutablePointer<UInt16>
  let slotCount: Int
  let capacity: Int

  func clear() { slots.initialize(repeating: ModelFormat.outside, count: slotCount) }

  /// Numbers row `y`.
  /// - Parameter count: The windows known so far.
  /// - Returns: The windows known now, or `nil` when there are more than `capacity`.
  func number(row y: Int, count: Int) -> Int? {
    assert(y >= 0 && y < height && count <= capacity && capacity < slotCount)
    var count = count
    // Columns equal to their left neighbour, ending at x + radius.
    var equalRun = 0
    for column in -radius..<radius { equalRun = columnRepeats(y, column) ? equalRun &+ 1 : 0 }
    for x in 0..<width {
      equalRun = columnRepeats(y, x + radius) ? equalRun &+ 1 : 0
      let pixel = y &* width &+ x
      if x > 0, equalRun >= kernelSize {
        numbers[pixel] = numbers[pixel &- 1]
        continue
      }
      guard let number = find(y, x, count: count) else { return nil }
      if number == count {
        positions[number] = PixelPosition(y: y, x: x)
        count += 1
      }
      numbers[pixel] = UInt16(truncatingIfNeeded: number)
    }
    return count
  }

  @inline(__always)
  private func columnRepeats(_ y: Int, _ x: Int) -> Bool {
    if x <= 0 || x >= width { return x != 0 && x != width }
    var row = max(y &- radius, 0)
    let last = min(y &+ radius, height &- 1)
    while row <= last {
      let at = row &* rowStride &+ x &* columnStride
      if symbols[at] != symbols[at &- columnStride] { return false }
      row &+= 1
    }
    return true
  }

  /// The number of the window at (y, x), `count` where it is new, `nil` where it is new and there is no room.
  private func find(_ y: Int, _ x: Int, count: Int) -> Int? {
    let window = PixelPosition(y: y, x: x)
    let isInside = isInside(window)
    var slot = Int(truncatingIfNeeded: isInside ? hashInside(window) : hash(window)) & (slotCount - 1)
    while slots[slot] != ModelFormat.outside {
      let number = Int(slots[slot])
      let known = positions[number]
      // A window that reaches outside differs from one that does not.
      if isInside == self.isInside(known),
        isInside ? equalInside(window, known) : equal(window, known)
      {
        return number
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    guard count < capacity else { return nil }
    slots[slot] = UInt16(truncatingIfNeeded: count)
    return count
  }

  private var radius: Int { kernelSize / 2 }

  /// Whether a window has no symbol outside the plane.
  @inline(__always)
  private func isInside(_ window: PixelPosition) -> Bool {
    window.row >= radius && window.row < height &- radius && window.column >= radius
      && window.column < width &- radius
  }

  /// The first symbol of a window inside the plane.
  @inline(__always)
  private func corner(_ window: PixelPosition) -> UnsafePointer<UInt16> {
    let y = window.row &- radius
    let x = window.column &- radius
    return symbols + (y &* rowStride &+ x &* columnStride)
  }

  @inline(__always)
  private func hashInside(_ window: PixelPosition) -> UInt64 {
    var hash = WindowHash()
    var row = corner(window)
    for _ in 0..<kernelSize {
      var at = 0
      for _ in 0..<kernelSize {
        hash.add(row[at])
        at &+= columnStride
      }
      row += rowStride
    }
    return hash.value
  }

  @inline(__always)
  private func equalInside(_ a: PixelPosition, _ b: PixelPosition) -> Bool {
    var rowA = corner(a)
    var rowB = corner(b)
    for _ in 0..<kernelSize {
      var at = 0
      for _ in 0..<kernelSize {
        if rowA[at] != rowB[at] { return false }
        at &+= columnStride
      }
      rowA += rowStride
      rowB += rowStride
    }
    return true
  }

  /// The symbol at a pixel that may lie outside the plane.
  private func symbol(_ y: Int, _ x: Int) -> UInt16 {
    guard y >= 0, y < height, x >= 0, x < width else { return ModelFormat.outside }
    return symbols[y &* rowStride &+ x &* columnStride]
  }

  private func hash(_ window: PixelPosition) -> UInt64 {
    var hash = WindowHash()
    for dy in -radius...radius {
      for dx in -radius...radius { hash.add(symbol(window.row &+ dy, window.column &+ dx)) }
    }
    return hash.value
  }

  private func equal(_ a: PixelPosition, _ b: PixelPosition) -> Bool {
    for dy in -radius...radius {
      for dx in -radius...radius
      where symbol(a.row &+ dy, a.column &+ dx) != symbol(b.row &+ dy, b.column &+ dx) { return false }
    }
    return true
  }
}

/// A sum of symbols, each times a factor of its own; high bits depend on all of them.
private struct WindowHash {
  private var sum: UInt64 = 0
  private var factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  mutating func add(_ symbol: UInt16) {
    sum &+= (UInt64(symbol) &+ 1) &* factor
    factor = factor &* 0xD134_2543_DE82_EF95
  }

  var value: UInt64 { sum &>> 40 }
}
