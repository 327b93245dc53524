/// JSON text (RFC 8259) read from the front: the caller says what it expects, and skips the rest. Nothing is copied: the bytes
/// must outlive the value and the strings that it reads.
package struct JSONText {
  /// The text is not JSON, or holds something else than the caller expects.
  package struct Malformed: Error {}

  /// Arrays and objects inside each other at most.
  private static let depthLimit = 64

  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads an object; `member` is called with each name and has to read or skip the value.
  package mutating func object(
    _ member: (JSONString, inout JSONText) throws(Malformed) -> Void
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
  package mutating func array(_ element: (inout JSONText) throws(Malformed) -> Void) throws(Malformed) {
    try expect("[")
    if accept("]") { return }
    repeat { try element(&self) } while accept(",")
    try expect("]")
  }

  /// Reads a number of `0...255`.
  package mutating func byte() throws(Malformed) -> UInt8 {
    let word = word
    guard (1...3).contains(word.count) else { throw Malformed() }
    var value = 0
    for index in word {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { throw Malformed() }
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    guard value <= 255 else { throw Malformed() }
    return UInt8(value)
  }

  package mutating func string() throws(Malformed) -> JSONString {
    try expect("\"")
    let start = at
    while true {
      guard at < bytes.count, bytes[at] >= 0x20 else { throw Malformed() }
      if bytes[at] == UInt8(ascii: "\"") { break }
      guard let next = JSONString.next(in: bytes, at: at) else { throw Malformed() }
      at = next.end
    }
    at += 1
    return JSONString(UnsafeRawBufferPointer(rebasing: bytes[start..<at - 1]))
  }

  /// Reads past a value of any kind.
  package mutating func skip(depth: Int = 0) throws(Malformed) {
    guard depth < Self.depthLimit else { throw Malformed() }
    switch peek {
    case UInt8(ascii: "{"): try object { (_, text) throws(Malformed) in try text.skip(depth: depth + 1) }
    case UInt8(ascii: "["): try array { (text) throws(Malformed) in try text.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    default: if word.isEmpty { throw Malformed() }
    }
  }

  /// Nothing but white space may be left.
  package mutating func end() throws(Malformed) {
    guard peek == nil else { throw Malformed() }
  }

  /// The next byte that is no white space, without taking it.
  private var peek: UInt8? {
    mutating get {
      while at < bytes.count {
        switch bytes[at] {
        case 0x20, 0x09, 0x0A, 0x0D: at += 1
        default: return bytes[at]
        }
      }
      return nil
    }
  }

  /// Takes a number or a literal: what stands before the next mark or white space.
  private var word: Range<Int> {
    mutating get {
      guard peek != nil else { return 0..<0 }
      let start = at
      while at < bytes.count, bytes[at] > 0x20, !Self.isMark(bytes[at]) { at += 1 }
      return start..<at
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\""): true
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
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
}
