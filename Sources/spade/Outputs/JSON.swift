import FoundationEssentials

enum JSON {
  /// The version of all reports. It grows when a key is renamed or means something else, not when one is added.
  private static let reportVersion = 1

  /// A report: keys in snake case, besides the report's own `report`, its name, and `version`.
  static func text(_ report: some Encodable, called name: String) throws -> String {
    let encoder = encoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(
      decoding: try encoder.encode(Named(report: name, version: reportVersion, body: report)), as: UTF8.self)
  }

  /// A value whose keys somebody else has named.
  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encoder().encode(value), as: UTF8.self)
  }

  /// Sorted keys, indented; an infinite number becomes the text `"inf"`.
  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  /// The body's keys, and two more.
  private struct Named<Body: Encodable>: Encodable {
    let report: String
    let version: Int
    let body: Body

    private enum Keys: String, CodingKey { case report, version }

    func encode(to encoder: any Encoder) throws {
      try body.encode(to: encoder)
      var keys = encoder.container(keyedBy: Keys.self)
      try keys.encode(report, forKey: .report)
      try keys.encode(version, forKey: .version)
    }
  }
}
