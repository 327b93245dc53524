import SpadeFiles

/// From the ids of label maps that were made for another network to those of this one, by a text file.
///
/// ```
/// # COCO-Stuff to landscapes
/// 156 sky          an id of the map, then a class by its name
/// 105 1            or by its id, or 255 for unknown pixels
/// ```
package struct Relabelling: Sendable {
  /// The text file's path, for messages.
  package let path: String
  /// The network's id for each id of a map, `nil` where the file has no line.
  private let targets: [UInt16?]

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
    var number = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let words = Self.words(line)
      guard !words.isEmpty else { continue }
      let place = "\(path), line \(number)"
      guard words.count > 1, let from = UInt16(words[0]) else {
        throw Failure(
          "\(place), is no mapping; write an id of the label map, then an id or a class name of the network.")
      }
      let target = try Self.target(words.dropFirst().joined(separator: " "), place, classes, input)
      while targets.count <= Int(from) { targets.append(nil) }
      if let earlier = targets[Int(from)], earlier != target {
        throw Failure("\(place), maps id \(from) a second time; leave one of the lines out.")
      }
      targets[Int(from)] = target
    }
    guard !targets.isEmpty else {
      throw Failure("\(path) maps nothing; write an id of the label map and an id or a class name a line.")
    }
    self.path = path
    self.targets = targets
  }

  /// The network's id for an id of a map, `nil` where the file has no line for it.
  package subscript(id: UInt16) -> UInt16? { Int(id) < targets.count ? targets[Int(id)] : nil }

  /// The words before a comment: `#` at the start of a word.
  private static func words(_ line: ArraySlice<UInt8>) -> [String] {
    let words = line.split { $0 <= 0x20 }
    let end = words.firstIndex { $0.first == UInt8(ascii: "#") } ?? words.count
    return words[..<end].map { String(decoding: $0, as: UTF8.self) }
  }

  private static func target(
    _ text: String, _ place: String, _ classes: [NetworkClass], _ input: NetworkInput
  ) throws(Failure) -> UInt16 {
    if let id = UInt16(text) {
      if let unknown = input.unknownLabel, id == LabelReading.unknownValue { return UInt16(unknown) }
      guard Int(id) < input.labelCount else {
        throw Failure(
          "\(place), maps to id \(id) and the network has \(input.idRange); give one of these.")
      }
      return id
    }
    let matches = classes.indices.filter { classes[$0].name == text && $0 < input.labelCount }
    guard let match = matches.first else {
      let meant = suggestion(for: text, of: classes.map { $0.name }).map { " (did you mean \($0)?)" } ?? ""
      throw Failure(
        classes.isEmpty
          ? "\(place), names the class \(text) and the network's classes have no names; give an id of \(input.idRange)."
          : "\(place), names the class \(text) and the network has none of that name\(meant); the command classes lists them."
      )
    }
    guard matches.count == 1 else {
      throw Failure("\(place), names the class \(text) and the network has two of that name; give the id.")
    }
    return UInt16(match)
  }
}

extension NetworkInput {
  /// As sentences say which ids there are.
  var idRange: String { "ids 0 to \(labelCount - 1)" + (unknownLabel == nil ? "" : " and 255 for unknown") }
}
