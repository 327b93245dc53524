/// File names as text. Names are bytes: one that is not a part of UTF-8 becomes a scalar of its own, so that a name can go
/// through a `String` and comes out as it was.
public enum FileName {
  /// Byte `b` of `0x80...0xFF` is the private scalar `firstStray + b`.
  private static let firstStray: UInt32 = 0x10FF00

  private static func isStray(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= firstStray + 0x80 }

  public static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      let (scalar, count) = scalar(bytes, index)
      text.append(scalar)
      index += count
    }
    return String(text)
  }

  /// - Parameter name: Ends with a zero.
  public static func text(_ name: UnsafePointer<CChar>) -> String {
    var bytes: [UInt8] = []
    while name[bytes.count] != 0 { bytes.append(UInt8(bitPattern: name[bytes.count])) }
    return text(bytes)
  }

  public static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if isStray(scalar) {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
    return bytes
  }

  /// The text as people see it: a replacement character for each stray byte.
  public static func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isStray) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { shown.append(isStray(scalar) ? "\u{FFFD}" : scalar) }
    return String(shown)
  }

  /// Calls `body` with the name as C has it.
  static func withBytes<Result>(_ path: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let bytes = bytes(path).map { CChar(bitPattern: $0) } + [0]
    // Safe: there is at least the zero.
    return bytes.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
  }

  /// The scalar at `index`, and how many bytes it takes; a stray byte takes one.
  private static func scalar(_ bytes: [UInt8], _ index: Int) -> (Unicode.Scalar, Int) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let count = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let least: [UInt32] = [0x80, 0x80, 0x800, 0x10000]
    var value = UInt32(first) & (0xFF >> UInt32(count + 1))
    var isGood = count > 1 && first < 0xF8 && index + count <= bytes.count
    for next in 1..<max(count, 1) where isGood {
      isGood = bytes[index + next] & 0xC0 == 0x80
      value = value << 6 | UInt32(bytes[index + next] & 0x3F)
    }
    if isGood, value >= least[count - 1], let scalar = Unicode.Scalar(value), !isStray(scalar) {
      return (scalar, count)
    }
    // Safe: the sum is a scalar of the last plane.
    return (Unicode.Scalar(firstStray + UInt32(first)).unsafelyUnwrapped, 1)
  }
}
