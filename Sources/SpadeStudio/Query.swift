/// The part of an address after the question mark: names and values, decoded.
struct Query {
  let pairs: [(name: String, value: String)]

  init(_ text: String) {
    pairs = text.utf8.split(separator: UInt8(ascii: "&")).map { part in
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { return (Self.decoded(part), "") }
      return (Self.decoded(part[..<sign]), Self.decoded(part[part.index(after: sign)...]))
    }
  }

  subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

  /// Percent signs and plus signs as forms write them.
  private static func decoded(_ part: Substring.UTF8View) -> String {
    let bytes = [UInt8](part)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
