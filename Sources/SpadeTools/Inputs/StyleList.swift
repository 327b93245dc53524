import SpadeFiles

/// Several styles, as `--styles` has them: `dusk.png,night.z,seed:7,seed:20-31,moods/,styles`.
package struct StyleList: Sendable {
  package struct Entry: Sendable {
    /// As a part of a file's name: seeds of a list have equally many digits, so that names sort as their numbers do.
    package let name: String
    /// As people read it.
    package let text: String
    /// `text` without the folder of a file.
    package var shortText: String { source.paths.isEmpty ? text : Path.lastPart(of: text) }
    package fileprivate(set) var source: StyleSource
  }

  /// At least one.
  package private(set) var entries: [Entry]
  /// What of folders is left out, in sentences.
  private let notes: [String]

  /// The most styles of a list.
  private static let countLimit: UInt64 = 10_000

  package init(_ text: String) throws(StyleBlend.WrongUsage) {
    var sources: [StyleSource] = []
    var notes: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard part.hasPrefix("seed:") else {
        guard !part.isEmpty else {
          throw StyleBlend.WrongUsage(
            sentence: "--styles has an empty name; write such as dusk.png,night.z,seed:7,seed:20-31.")
        }
        sources += try Self.files(String(part), &notes).map { .file(path: $0) }
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
    let stems = PictureNames.stems(of: sources.map { $0.paths.first ?? "" })
    entries = zip(sources, stems).map { Entry($0, stem: $1, digitCount: digitCount) }
    self.notes = notes
  }

  /// A file, or the photos and saved styles of a folder.
  private static func files(_ path: String, _ notes: inout [String]) throws(StyleBlend.WrongUsage) -> [String]
  {
    guard Folder.isThere(path) else { return [path] }
    let names: PictureNames
    do { names = try PictureNames(in: path, and: [".z"]) } catch {
      throw StyleBlend.WrongUsage(sentence: error.sentence)
    }
    if let note = names.note(of: path) { notes.append(note) }
    guard !names.read.isEmpty else {
      throw StyleBlend.WrongUsage(
        sentence: "--styles has \(path), a folder without a PNG, a JPEG or a saved style (.z).")
    }
    return names.read.map { Path.joined(path, $0) }
  }

  /// Prints the notes.
  package func tell() { for note in notes { Standard.error(note) } }

  /// As `StyleSource.beside(_:)`; where the current folder has no `styles`, that name stands for all that lie beside the model.
  package func beside(_ model: String) throws(Failure) -> StyleList {
    var list = self
    list.entries = []
    for entry in entries {
      let all = entry.source == .file(path: "styles") ? StyleSource.all(beside: model) : []
      if all.isEmpty || FileIdentity("styles")?.isThere != false {
        var found = entry
        found.source = try entry.source.beside(model)
        list.entries.append(found)
      } else {
        list.entries += all.map { Entry(.file(path: $0.path), stem: $0.stem, digitCount: 0) }
      }
    }
    return list
  }

  /// The files it reads.
  package var paths: [String] { entries.flatMap { $0.source.paths } }
}

extension StyleList.Entry {
  /// - Parameters:
  ///   - stem: Of a file, with which it differs from the others.
  ///   - digitCount: Of the greatest seed of the list.
  fileprivate init(_ source: StyleSource, stem: String, digitCount: Int) {
    self.source = source
    switch source {
    case .seed(let seed):
      name = "seed-" + seed.filled(digitCount: digitCount)
      text = "seed \(seed)"
    default:
      text = source.paths.first ?? ""
      name = stem
    }
  }
}
