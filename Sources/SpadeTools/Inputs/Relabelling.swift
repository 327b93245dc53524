import SpadeFiles
import SpadeImage
import SpadePixels

/// From the ids of label maps that were made for another network to those of this one, by a text file.
///
/// ```
/// # COCO-Stuff to landscapes
/// 156 sky          an id of the map, then a class by its name
/// 105 1            or by its id, or 255 for unknown pixels
/// #3355ff water    a colour of drawings
/// ```
package struct Relabelling: Sendable {
  /// The text file's path, for messages.
  package let path: String
  /// The network's id for each id of a map, `nil` where the file has no line.
  private let targets: [UInt16?]
  /// Colours of drawings and the network's ids for them.
  let colors: [Palette.Entry]

  /// - Parameters:
  ///   - classes: Of the network, for names; may be empty.
  ///   - input: The network's.
  package init(path: String, classes: [NetworkClass], for input: NetworkInput) throws(Failure) {
    try self.init(
      text: File.content(path, byteLimit: 1 << 20), path: path, classes: classes, for: input)
  }

  package init(
    text: [UInt8], path: String, classes: [NetworkClass], for input: NetworkInput
  ) throws(Failure) {
    var targets: [UInt16?] = []
    var colors: [Palette.Entry] = []
    var number = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let words = Self.words(line)
      guard !words.isEmpty else { continue }
      let place = "\(path), line \(number)"
      let name = words.dropFirst().joined(separator: " ")
      if words.count > 1, let color = Color(hexadecimal: words[0]) {
        let id = try input.id(of: name, in: classes, "\(place),")
        guard !colors.contains(where: { $0.color == color && $0.id != id }) else {
          throw Failure("\(place), maps \(words[0]) a second time; leave one of the lines out.")
        }
        colors.append(Palette.Entry(id: id, color: color))
        continue
      }
      guard words.count > 1, let from = UInt16(words[0]) else {
        throw Failure(
          "\(place), is no mapping; write an id of the label map or a colour such as #3355ff, then an id or a class name of the "
            + "network.")
      }
      let target = try input.id(of: name, in: classes, "\(place),")
      while targets.count <= Int(from) { targets.append(nil) }
      if let earlier = targets[Int(from)], earlier != target {
        throw Failure("\(place), maps id \(from) a second time; leave one of the lines out.")
      }
      targets[Int(from)] = target
    }
    guard !targets.isEmpty || !colors.isEmpty else {
      throw Failure("\(path) maps nothing; write an id of the label map and an id or a class name a line.")
    }
    self.colors = colors
    self.path = path
    self.targets = targets
  }

  /// The network's id for an id of a map, `nil` where the file has no line for it.
  package subscript(id: UInt16) -> UInt16? { Int(id) < targets.count ? targets[Int(id)] : nil }

  /// Whether ids of maps are mapped, and not colours alone.
  var mapsIds: Bool { !targets.isEmpty }

  /// The words before a comment: `#` at the start of a word, unless it is the line's first and a colour.
  private static func words(_ line: ArraySlice<UInt8>) -> [String] {
    let words = line.split { $0 <= 0x20 }
    let end =
      words.indices.first { index in
        words[index].first == UInt8(ascii: "#")
          && !(index == 0 && Color(hexadecimal: String(decoding: words[0], as: UTF8.self)) != nil)
      } ?? words.count
    return words[..<end].map { String(decoding: $0, as: UTF8.self) }
  }
}

extension NetworkInput {
  /// The id of a class by its name, or by itself.
  /// - Parameters:
  ///   - classes: Of the network; may be empty.
  ///   - subject: What names the class, as the beginning of a sentence.
  func id(of text: String, in classes: [NetworkClass], _ subject: String) throws(Failure) -> UInt16 {
    if let id = UInt16(text) {
      if let unknownLabel, id == LabelReading.unknownValue { return UInt16(unknownLabel) }
      guard Int(id) < labelCount else {
        throw Failure("\(subject) maps to id \(id) and the network has \(idRange); give one of these.")
      }
      return id
    }
    let all = classes.indices.prefix(labelCount)
    var matches = all.filter { classes[$0].name == text }
    if matches.isEmpty { matches = all.filter { classes[$0].name.lowercased() == text.lowercased() } }
    guard let match = matches.first else {
      let meant = suggestion(for: text, of: classes.map { $0.name }).map { " (did you mean \($0)?)" } ?? ""
      throw Failure(
        classes.isEmpty
          ? "\(subject) names the class \(text) and the network's classes have no names; give an id of \(idRange)."
          : "\(subject) names the class \(text) and the network has none of that name\(meant); the command classes lists them."
      )
    }
    guard matches.count == 1 else {
      throw Failure(
        "\(subject) names the class \(text) and the network has two of that name; give the id.")
    }
    return UInt16(match)
  }

  /// As sentences say which ids there are.
  var idRange: String { "ids 0 to \(labelCount - 1)" + (unknownLabel == nil ? "" : " and 255 for unknown") }
}
