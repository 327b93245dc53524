import SpadePixels

/// How often colours occur, for the few that matter: once there are many, new ones are not counted.
struct ColorCounts {
  private static let colorLimit = 1024
  private static let shownCount = 16

  private var places: [UInt32: Int] = [:]
  private var counts: [(color: Color, count: Int)] = []

  mutating func add(_ color: Color) {
    let key = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
    if let place = places[key] {
      counts[place].count += 1
    } else if counts.count < Self.colorLimit {
      places[key] = counts.count
      counts.append((color, 1))
    }
  }

  /// At most sixteen, the most frequent first; of equally frequent ones the first that was seen.
  var commonest: [(color: Color, count: Int)] {
    var result: [(color: Color, count: Int)] = []
    for entry in counts {
      let place = result.firstIndex { $0.count < entry.count } ?? result.count
      guard place < Self.shownCount else { continue }
      result.insert(entry, at: place)
      if result.count > Self.shownCount { result.removeLast() }
    }
    return result
  }
}
