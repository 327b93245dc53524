import Foundation
import SpadeFiles
import SpadeImage
import SpadeQuantize
import SpadeTools

/// Class names and colours from a text file: one class a line, in the order of the ids. A line is a name, then perhaps a
/// colour, as `#rrggbb` or as three numbers of 0 to 255.
enum ClassList {
  /// - Parameter configuration: The network's; the list has its classes, with or without the unknown one.
  static func read(_ path: String, for configuration: GeneratorConfiguration) throws -> [ModelMetadata.Class]
  {
    guard let text = String(bytes: try File.content(path, byteLimit: 1 << 20), encoding: .utf8) else {
      throw Failure("\(path) cannot be read as UTF-8 text; give a file with one class name a line.")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    while lines.last == "" { lines.removeLast() }
    let classes = try lines.enumerated().map { index, line in
      guard let entry = ModelMetadata.Class(line: line) else {
        throw Failure(
          "\(path) has no class on line \(index + 1); write a name, then perhaps #rrggbb or three numbers of 0 to 255."
        )
      }
      return entry
    }
    guard classes.count == configuration.classCount || classes.count == configuration.labelCount else {
      throw Failure(
        "\(path) names \(classes.count) classes and the network has \(configuration.classCount)"
          + "\(configuration.hasUnknownClass ? " and one for unknown pixels" : ""); name each of them.")
    }
    return classes
  }
}

extension NetworkClass {
  init(_ entry: ModelMetadata.Class) {
    self.init(
      name: entry.name, color: entry.color.map { Color(red: $0[0], green: $0[1], blue: $0[2]) })
  }
}

extension ModelMetadata.Class {
  /// `name`, `name #rrggbb` or `name r g b`.
  init?(line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let last = words.last else { return nil }
    if last.hasPrefix("#") {
      let digits = last.dropFirst()
      guard words.count > 1, digits.count == 6, digits.allSatisfy(\.isHexDigit),
        let value = UInt32(digits, radix: 16)
      else { return nil }
      let name = words.dropLast().joined(separator: " ")
      self.init(name: name, color: [16, 8, 0].map { UInt8(value >> $0 & 255) })
      return
    }
    let tail = words.suffix(3).compactMap { Int($0) }
    guard words.count > 3, tail.count == 3 else {
      self.init(name: words.joined(separator: " "))
      return
    }
    guard tail.allSatisfy((0...255).contains) else { return nil }
    self.init(name: words.dropLast(3).joined(separator: " "), color: tail.map { UInt8($0) })
  }
}
