import SpadeFiles

/// Several styles, as `--styles` has them: `dusk.png,night.z,seed:7,seed:20-31`.
package struct StyleList: Sendable {
  package struct Entry: Sendable {
    /// As a part of a file's name: seeds of a list have equally many digits, so that names sort as their numbers do.
    package let name: String
    /// As people read it.
    package let text: String
    package let source: StyleSource
  }

  /// At least one.
  package let entries: [Entry]

  /// The most styles of a list.
  private static let countLimit: UInt64 = 10_000

  package init(_ text: String) throws(StyleBlend.WrongUsage) {
    var sources: [StyleSource] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard part.hasPrefix("seed:") else {
        guard !part.isEmpty else {
          throw StyleBlend.WrongUsage(
            sentence: "--styles has an empty name; write such as dusk.png,night.z,seed:7,seed:20-31.")
        }
        sources.append(.file(path: String(part)))
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
      for offset in 0...(last - first) { sources.append(.seed(first + offset)) }
    }
    var digitCount = 0
    for case .seed(let seed) in sources { digitCount = max(digitCount, "\(seed)".utf8.count) }
    entries = sources.map { Entry($0, digitCount: digitCount) }
  }

  /// The files it reads.
  package var paths: [String] { entries.flatMap { $0.source.paths } }
}

extension StyleList.Entry {
  /// - Parameter digitCount: Of the greatest seed of the list.
  fileprivate init(_ source: StyleSource, digitCount: Int) {
    self.source = source
    switch source {
    case .seed(let seed):
      name = "seed-" + seed.filled(digitCount: digitCount)
      text = "seed \(seed)"
    default:
      text = source.paths.first ?? ""
      name = Path.stem(of: text)
    }
  }
}
