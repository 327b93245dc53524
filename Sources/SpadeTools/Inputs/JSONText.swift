/// JSON text (RFC 8259) read from the front: the caller says what it expects, and skips the rest.
struct JSONText {
  /// The text is not JSON, or holds something else than the caller expects.
  struct Malformed: Error {}

  /// Arrays and objects inside each other at most.
  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = [UInt8](bytes) }

  /// Reads an object; `member` is called with each name and has to read or skip the value.
  mutating func object(
    _ member: (String, inout JSONText) throws(Malformed) -> Void
  ) throws(Malformed) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(name, &self)
    } while accept(",")
    try expect("}")
  }

  /// Reads an array; `element` is called for each element and has to read or skip it.
  mutating func array(_ element: (inout JSONText) throws(Malformed) -> Void) throws(Malformed) {
    try expect("[")
    if accept("]") { return }
    repeat { try element(&self) } while accept(",")
    try expect("]")
  }

  /// Reads a number of `0...255`.
  mutating func byte() throws(Malformed) -> UInt8 {
    guard let value = UInt8(word) else { throw Malformed() }
    return value
  }

  mutating func string() throws(Malformed) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      let byte = try next()
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escaped()
      case 0..<0x20: throw Malformed()
      default: text.append(byte)
      }
    }
  }

  /// Reads past a value of any kind.
  mutating func skip(depth: Int = 0) throws(Malformed) {
    guard depth < Self.depthLimit else { throw Malformed() }
    switch peek {
    case UInt8(ascii: "{"): try object { (_, text) throws(Malformed) in try text.skip(depth: depth + 1) }
    case UInt8(ascii: "["): try array { (text) throws(Malformed) in try text.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    default: if word.isEmpty { throw Malformed() }
    }
  }

  /// Nothing but white space may be left.
  mutating func end() throws(Malformed) {
    guard peek == nil else { throw Malformed() }
  }

  /// The next byte that is no white space, without taking it.
  private var peek: UInt8? {
    mutating get {
      while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
      return at < bytes.count ? bytes[at] : nil
    }
  }

  /// Takes a number or a literal: what stands before the next mark or white space.
  private var word: String {
    mutating get {
      guard peek != nil else { return "" }
      let start = at
      while at < bytes.count, bytes[at] > 0x20, !",]}:[{\"".utf8.contains(bytes[at]) { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
  }

  private mutating func accept(_ mark: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: mark) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(Malformed) {
    guard accept(mark) else { throw Malformed() }
  }

  private mutating func next() throws(Malformed) -> UInt8 {
    guard at < bytes.count else { throw Malformed() }
    at += 1
    return bytes[at - 1]
  }

  /// The UTF-8 of what a backslash in a string stands for.
  private mutating func escaped() throws(Malformed) -> [UInt8] {
    switch try next() {
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]) {
        guard try next() == UInt8(ascii: "\\"), try next() == UInt8(ascii: "u") else { throw Malformed() }
        units.append(try unit())
      }
      return [UInt8](String(decoding: units, as: UTF16.self).utf8)
    case let byte where "\"\\/".utf8.contains(byte): return [byte]
    default: throw Malformed()
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(Malformed) -> UInt16 {
    let digits = [try next(), try next(), try next(), try next()]
    guard let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else { throw Malformed() }
    return value
  }
}
