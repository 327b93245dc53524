/// A JSON value (RFC 8259) to be written.
package enum JSONValue {
  case null
  case boolean(Bool)
  case number(Int)
  /// Finite, with so many digits after the point.
  case decimal(Double, digits: Int)
  case text(String)
  indirect case array([JSONValue])
  indirect case object([(String, JSONValue)])

  /// A report: its name and the version of all reports come first.
  package static func report(_ name: String, _ members: [(String, JSONValue)]) -> JSONValue {
    .object([("report", .text(name)), ("version", .number(1))] + members)
  }

  /// On one line.
  package var text: String {
    var result = ""
    append(to: &result)
    return result
  }

  private func append(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .boolean(let value): result += value ? "true" : "false"
    case .number(let value): result += "\(value)"
    case .decimal(let value, let digits): result += value.fixed(digits)
    case .text(let value): Self.append(value, to: &result)
    case .array(let values):
      result += "["
      for (index, value) in values.enumerated() {
        if index > 0 { result += "," }
        value.append(to: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { result += "," }
        Self.append(member.0, to: &result)
        result += ":"
        member.1.append(to: &result)
      }
      result += "}"
    }
  }

  private static func append(_ value: String, to result: inout String) {
    result += "\""
    for scalar in value.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0..<0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
