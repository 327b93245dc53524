/// Colours that stand for ids.
public struct Palette: Equatable, Sendable {
  public struct Entry: Equatable, Sendable {
    public let id: UInt16
    public let color: Color

    public init(id: UInt16, color: Color) {
      self.id = id
      self.color = color
    }
  }

  /// No colour twice.
  public let entries: [Entry]

  /// - Parameter entries: Of those with the same colour the first counts.
  public init(_ entries: [Entry]) {
    var known: [Entry] = []
    for entry in entries where !known.contains(where: { $0.color == entry.color }) { known.append(entry) }
    self.entries = known
  }

  /// The place of the entry nearest to `color`, the first of equally near ones; `nil` where there are no entries.
  func nearest(to color: Color) -> Int? {
    var best: Int?
    var bestDistance = Int.max
    for index in entries.indices {
      let distance = entries[index].color.squaredDistance(to: color)
      if distance < bestDistance { (best, bestDistance) = (index, distance) }
    }
    return best
  }
}
