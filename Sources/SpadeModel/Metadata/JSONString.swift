/// A string of a `JSONText`, as it stands there: between its quotes, escapes included.
package struct JSONString {
  private let written: UnsafeRawBufferPointer

  /// - Parameter written: What `JSONText` checked: every backslash begins an escape.
  init(_ written: UnsafeRawBufferPointer) { self.written = written }

  /// Calls `body` with each byte of the string's UTF-8.
  package func forEachByte(_ body: (UInt8) -> Void) {
    var at = 0
    while at < written.count {
      // Safe: JSONText found that every escape is one.
      let next = Self.next(in: written, at: at).unsafelyUnwrapped
      switch next.unit {
      case .byte(let byte): body(byte)
      case .scalar(let scalar):
        let value = scalar.value
        switch value {
        case 0..<0x80: body(UInt8(value))
        case 0x80..<0x800:
          body(UInt8(0xC0 | value >> 6))
          body(UInt8(0x80 | value & 0x3F))
        case 0x800..<0x10000:
          body(UInt8(0xE0 | value >> 12))
          body(UInt8(0x80 | value >> 6 & 0x3F))
          body(UInt8(0x80 | value & 0x3F))
        default:
          body(UInt8(0xF0 | value >> 18))
          body(UInt8(0x80 | value >> 12 & 0x3F))
          body(UInt8(0x80 | value >> 6 & 0x3F))
          body(UInt8(0x80 | value & 0x3F))
        }
      }
      at = next.end
    }
  }

  /// Whether the string is `text`, which is ASCII.
  package func equals(_ text: StaticString) -> Bool {
    var count = 0
    var isEqual = true
    forEachByte { byte in
      isEqual = isEqual && count < text.utf8CodeUnitCount && text.utf8Start[count] == byte
      count += 1
    }
    return isEqual && count == text.utf8CodeUnitCount
  }

  enum Unit {
    case byte(UInt8)
    /// Written as an escape.
    case scalar(Unicode.Scalar)
  }

  /// The byte or escape at `at`, and where it ends; `nil` for what is no escape. Half a surrogate pair stands for U+FFFD.
  static func next(in bytes: UnsafeRawBufferPointer, at: Int) -> (unit: Unit, end: Int)? {
    guard bytes[at] == UInt8(ascii: "\\") else { return (.byte(bytes[at]), at + 1) }
    guard at + 1 < bytes.count else { return nil }
    switch bytes[at + 1] {
    case UInt8(ascii: "b"): return (.byte(0x08), at + 2)
    case UInt8(ascii: "f"): return (.byte(0x0C), at + 2)
    case UInt8(ascii: "n"): return (.byte(0x0A), at + 2)
    case UInt8(ascii: "r"): return (.byte(0x0D), at + 2)
    case UInt8(ascii: "t"): return (.byte(0x09), at + 2)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (.byte(bytes[at + 1]), at + 2)
    case UInt8(ascii: "u"): break
    default: return nil
    }
    guard let first = unit(in: bytes, at: at + 2) else { return nil }
    guard (0xD800..<0xDC00).contains(first) else {
      return (.scalar(Unicode.Scalar(first) ?? "\u{FFFD}"), at + 6)
    }
    guard at + 7 < bytes.count, bytes[at + 6] == UInt8(ascii: "\\"), bytes[at + 7] == UInt8(ascii: "u"),
      let second = unit(in: bytes, at: at + 8)
    else { return nil }
    guard (0xDC00..<0xE000).contains(second) else { return (.scalar("\u{FFFD}"), at + 12) }
    let value = 0x10000 + ((first - 0xD800) << 10) + second - 0xDC00
    return (.scalar(Unicode.Scalar(value) ?? "\u{FFFD}"), at + 12)
  }

  /// Four hexadecimal digits.
  private static func unit(in bytes: UnsafeRawBufferPointer, at: Int) -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in at..<at + 4 {
      let digit: UInt8
      switch bytes[index] {
      case let byte where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
        digit = byte - UInt8(ascii: "0")
      case let byte where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte):
        digit = byte - UInt8(ascii: "a") + 10
      case let byte where (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte):
        digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
