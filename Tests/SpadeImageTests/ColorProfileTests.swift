import Testing

@testable import SpadeImage

/// Profiles are written here by the format's text (ICC.1:2022): a header of 128 bytes, the count of tags, twelve bytes each.
@Suite struct ColorProfileTests {
  /// With one tag, `desc`, at byte 144.
  private func profile(_ description: [UInt8]) -> [UInt8] {
    [UInt8](repeating: 0, count: 128) + bigEndian(1) + Array("desc".utf8) + bigEndian(144)
      + bigEndian(description.count) + description
  }

  /// Version 2: ASCII behind its length with a zero.
  private func plain(_ name: String) -> [UInt8] {
    profile(Array("desc".utf8) + bigEndian(0) + bigEndian(name.utf8.count + 1) + Array(name.utf8) + [0])
  }

  /// Version 4: one record of a language, with UTF-16 at byte 28 of the tag.
  private func localized(_ name: String) -> [UInt8] {
    let text = name.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    return profile(
      Array("mluc".utf8) + bigEndian(0) + bigEndian(1) + bigEndian(12) + Array("enUS".utf8)
        + bigEndian(text.count)
        + bigEndian(28) + text)
  }

  /// libpng wants what a profile's header says to be so.
  private func png(_ profile: [UInt8], name: String = "ICC profile") -> [UInt8] {
    var whole = profile + [UInt8](repeating: 0, count: (4 - profile.count % 4) % 4)
    whole.replaceSubrange(0..<4, with: bigEndian(whole.count))
    whole.replaceSubrange(12..<24, with: "mntrRGB XYZ ".utf8)
    whole.replaceSubrange(36..<40, with: "acsp".utf8)
    whole.replaceSubrange(68..<80, with: bigEndian(0xF6D6) + bigEndian(0x10000) + bigEndian(0xD32D))
    let ancillary = [(name: "iCCP", content: Array(name.utf8) + [0, 0] + zlib(whole))]
    return PNGMaker(width: 1, height: 1, colorType: 2, samples: [1, 2, 3], ancillary: ancillary).bytes
  }

  private func jpeg(_ profile: [UInt8]) -> [UInt8] {
    let content = Array("ICC_PROFILE".utf8) + [0, 1, 1] + profile
    let count = content.count + 2
    return [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xE2, UInt8(count >> 8), UInt8(count & 255)] + content
      + [0xFF, 0xDA, 0, 2]
  }

  @Test func namesAreReadFromPNGAndJPEG() {
    for (profile, name) in [
      (plain("Display P3"), "Display P3"), (localized("Adobe RGB (1998)"), "Adobe RGB (1998)"),
    ] {
      for file in [png(profile), jpeg(profile)] {
        let found = ColorProfile(ofPicture: file)
        #expect(found?.name == name && found?.isSRGB == false)
      }
    }
    #expect(ColorProfile(ofPicture: png(plain("sRGB IEC61966-2.1")))?.isSRGB == true)
    #expect(ColorProfile(ofPicture: png(localized("GIMP built-in sRGB")))?.isSRGB == true)
  }

  @Test func filesWithoutAProfileHaveNone() {
    let plain = PNGMaker(width: 1, height: 1, colorType: 2, samples: [1, 2, 3])
    #expect(ColorProfile(ofPicture: plain.bytes) == nil)
    let beginnings: [[UInt8]] = [
      [], [0xFF], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE2, 0, 0], [0xFF, 0xD8, 0xFF, 0xE2, 0xFF, 0xFF],
    ]
    for bytes in beginnings {
      #expect(ColorProfile(ofPicture: bytes) == nil)
    }
  }

  /// Whatever is in a profile, and wherever it ends, it has a printable name or is none.
  @Test func damagedProfilesAreHarmless() throws {
    for whole in [plain("Display P3"), localized("Display P3")] {
      for count in 0...whole.count {
        let found = ColorProfile(ofPicture: jpeg(Array(whole[..<count])))
        #expect((found == nil) == (count <= 128))
      }
      for at in 128..<whole.count {
        var damaged = whole
        for value in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
          damaged[at] = value
          let name = ColorProfile(ofPicture: jpeg(damaged))?.name
          #expect(name?.utf8.allSatisfy { (0x20...0x7E).contains($0) } == true && name?.isEmpty == false)
        }
      }
    }
    // One that libpng does not take is none, and the drawing is read.
    let ancillary = [(name: "iCCP", content: Array("x".utf8) + [0, 0] + zlib([1, 2, 3]))]
    let file = PNGMaker(width: 1, height: 1, colorType: 2, samples: [1, 2, 3], ancillary: ancillary).bytes
    #expect(ColorProfile(ofPicture: file) == nil)
    #expect(try Drawing(pngBytes: file).color(0) == Color(red: 1, green: 2, blue: 3))
  }
}
