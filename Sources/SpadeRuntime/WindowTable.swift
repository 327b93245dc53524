import SpadeModel

/// Numbers the distinct k×k windows of a plane of 16-bit symbols, a row at a time, in linear time.
///
/// A window is found by hashing its symbols into an open-addressing table of numbers and comparing with the window at
/// the place where that number first occurred, so no keys are stored. A pixel whose window equals its left
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
  /// `[capacity]`: y · width + x of the first pixel with each number.
  let places: UnsafeMutablePointer<UInt32>
  let slots: UnsafeMutablePointer<UInt16>
  let slotCount: Int
  let capacity: Int

  func clear() { slots.initialize(repeating: ModelFormat.outside, count: slotCount) }

  /// The symbol at a place that may lie outside the plane.
  @inline(__always)
  private func symbol(_ y: Int, _ x: Int) -> UInt16 {
    guard y >= 0, y < height, x >= 0, x < width else { return ModelFormat.outside }
    return symbols[y &* rowStride &+ x &* columnStride]
  }

  /// Numbers row `y`.
  /// - Parameter count: The windows known so far.
  /// - Returns: The windows known now, or `nil` when there are more than `capacity`.
  func number(row y: Int, count: Int) -> Int? {
    let radius = kernelSize / 2
    var count = count
    // Columns equal to their left neighbour, ending at x + radius.
    var equalRun = 0
    for column in -radius..<radius { equalRun = columnRepeats(y, column) ? equalRun &+ 1 : 0 }
    for x in 0..<width {
      equalRun = columnRepeats(y, x + radius) ? equalRun &+ 1 : 0
      let place = y &* width &+ x
      if x > 0, equalRun >= kernelSize {
        numbers[place] = numbers[place &- 1]
        continue
      }
      guard let number = find(y, x, count: count) else { return nil }
      if number == count {
        places[number] = UInt32(truncatingIfNeeded: place)
        count += 1
      }
      numbers[place] = UInt16(truncatingIfNeeded: number)
    }
    return count
  }

  @inline(__always)
  private func columnRepeats(_ y: Int, _ x: Int) -> Bool {
    let radius = kernelSize / 2
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
    let radius = kernelSize / 2
    var hash: UInt64 = 0
    for dy in -radius...radius {
      for dx in -radius...radius {
        hash = (hash ^ UInt64(symbol(y &+ dy, x &+ dx))) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 29
      }
    }
    var slot = Int(truncatingIfNeeded: hash &>> 20) & (slotCount - 1)
    while slots[slot] != ModelFormat.outside {
      let number = Int(slots[slot])
      let place = Int(places[number])
      if equal(y, x, place / width, place % width) { return number }
      slot = (slot + 1) & (slotCount - 1)
    }
    guard count < capacity else { return nil }
    slots[slot] = UInt16(truncatingIfNeeded: count)
    return count
  }

  private func equal(_ y: Int, _ x: Int, _ y2: Int, _ x2: Int) -> Bool {
    let radius = kernelSize / 2
    for dy in -radius...radius {
      for dx in -radius...radius
      where symbol(y &+ dy, x &+ dx) != symbol(y2 &+ dy, x2 &+ dx) { return false }
    }
    return true
  }
}
