import SpadePixels

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

  /// Calls `body` with the entries' colours; places are those of the entries.
  func withColors<Result>(_ body: (PixelColors) -> Result) -> Result {
    entries.map { $0.color.packed }.withUnsafeBufferPointer { body(PixelColors($0)) }
  }
}
