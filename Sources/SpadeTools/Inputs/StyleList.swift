import SpadeFiles

/// Several styles, as `--styles` has them: `dusk.png,night.z,seed:7,seed:20-31`.
package struct StyleList: Sendable {
  package struct Entry: Sendable {
    /// As a part of a file's name.
    package let name: String
    package let source: StyleSource
  }

  /// At least one.
  package let entries: [Entry]

  /// The most styles of a list.
  private static let countLimit: UInt64 = 10_000

  package init(_ text: String) throws(StyleBlend.WrongUsage) {
    var entries: [Entry] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard part.hasPrefix("seed:") else {
        guard !part.isEmpty else {
          throw StyleBlend.WrongUsage(
            sentence: "--styles has an empty name; write such as dusk.png,night.z,seed:7,seed:20-31.")
        }
        entries.append(Entry(name: Path.stem(of: String(part)), source: .file(path: String(part))))
        continue
      }
      let ends = part.dropFirst(5).split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
        last - first < Self.countLimit
      else {
        throw StyleBlend.WrongUsage(
          sentence:
            "--styles has \(part); write seed:7, or seed:20-31 for at most \(Self.countLimit.grouped) seeds.")
      }
      for offset in 0...(last - first) {
        entries.append(Entry(name: "seed-\(first + offset)", source: .seed(first + offset)))
      }
    }
    self.entries = entries
  }

  /// The files it reads.
  package var paths: [String] { entries.flatMap { $0.source.paths } }
}
