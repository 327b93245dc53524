import CSpadePNG

/// The colour profile (ICC.1:2022) that a picture has embedded, which nothing here applies.
public struct ColorProfile: Equatable, Sendable {
  /// As it calls itself, in printable ASCII and at most 64 letters; `unnamed` where it does not.
  public let name: String
  /// Whether it says that it is sRGB, for which the colours of classes are meant.
  public let isSRGB: Bool

  /// Of a PNG or JPEG, a file in memory; `nil` where it has none.
  public init?(ofPicture bytes: [UInt8]) {
    let profile = Picture.isJPEG(bytes) ? Self.inJPEG(bytes) : Self.inPNG(bytes)
    guard profile.count > Self.headerByteCount else { return nil }
    name = Self.description(in: profile)
    isSRGB = Self.contains("sRGB", in: name)
  }

  private static let headerByteCount = 128
  /// What is looked at of a profile: descriptions are among the first tags.
  private static let byteLimit = 1 << 16

  private static func inPNG(_ png: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteLimit) { profile, filled in
      filled = png.withUnsafeBufferPointer {
        spade_png_read_profile($0.baseAddress, $0.count, profile.baseAddress, byteLimit)
      }
    }
  }

  /// The first part of it, from a segment APP2 that begins with `ICC_PROFILE`, a zero and two bytes.
  private static func inJPEG(_ jpeg: [UInt8]) -> [UInt8] {
    let mark: StaticString = "ICC_PROFILE"
    var at = 2
    while at + 4 <= jpeg.count, jpeg[at] == 0xFF, jpeg[at + 1] != 0xDA {
      let end = at + 2 + (Int(jpeg[at + 2]) << 8 | Int(jpeg[at + 3]))
      let start = at + 4
      guard end <= jpeg.count, end > at + 3 else { return [] }
      if jpeg[at + 1] == 0xE2, start + 14 <= end,
        mark.withUTF8Buffer({ jpeg[start..<start + 11].elementsEqual($0) })
      {
        return Array(jpeg[(start + 14)..<end])
      }
      at = end
    }
    return []
  }

  /// The text of the tag `desc`: of version 2 in ASCII, of version 4 the first of several in UTF-16.
  private static func description(in profile: [UInt8]) -> String {
    func number(_ at: Int) -> Int {
      guard at >= 0, at + 4 <= profile.count else { return 0 }
      return profile[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let descriptionTag = 0x6465_7363
    let localizedType = 0x6D6C_7563
    for tag in 0..<min(number(headerByteCount), 100) {
      let entry = headerByteCount + 4 + 12 * tag
      guard number(entry) == descriptionTag else { continue }
      let at = number(entry + 4)
      let isLocalized = number(at) == localizedType
      let start = isLocalized ? at + number(at + 24) : at + 12
      let count = isLocalized ? number(at + 20) : number(at + 8)
      guard start < profile.count else { break }
      let letters = profile[start..<min(start + min(count, 128), profile.count)].filter {
        (0x20...0x7E).contains($0)
      }
      if !letters.isEmpty { return String(decoding: letters.prefix(64), as: UTF8.self) }
    }
    return "unnamed"
  }

  private static func contains(_ part: StaticString, in text: String) -> Bool {
    let letters = Array(text.utf8)
    return part.withUTF8Buffer { part in
      letters.indices.contains { letters[$0...].starts(with: part) }
    }
  }
}
