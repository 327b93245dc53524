import SpadeImage
import Testing

@Suite struct OtherPictureTests {
  private static let heads: [(OtherPicture, [UInt8])] = [
    (.webP, Array("RIFF\u{24}\0\0\0WEBPVP8L".utf8)), (.gif, Array("GIF87a".utf8)),
    (.gif, Array("GIF89a\u{1}".utf8)),
    (.heic, Array("\0\0\0\u{18}ftypheic".utf8)), (.heic, Array("\0\0\0\u{18}ftypmif1".utf8)),
    (.avif, Array("\0\0\0\u{20}ftypavif".utf8)), (.bmp, [0x42, 0x4D, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]),
    (.tiff, [0x49, 0x49, 42, 0]), (.tiff, [0x4D, 0x4D, 0, 42]), (.jpegXL, [0xFF, 0x0A, 1]),
    (.jpegXL, [0, 0, 0, 12] + Array("JXL \r\n".utf8)), (.xcf, Array("gimp xcf v011\0".utf8)),
    (
      .krita,
      Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0, count: 26)
        + Array("mimetypeapplication/x-kritaPK".utf8)
    ),
  ]

  /// Each is told by its first bytes, and by no fewer.
  @Test(arguments: heads) func kindsAreToldByTheirBeginning(kind: OtherPicture, bytes: [UInt8]) {
    #expect(OtherPicture(bytes) == kind && OtherPicture(bytes + [7, 7, 7]) == kind)
    #expect(OtherPicture(Array(bytes.prefix(1))) == nil)
  }

  @Test(
    arguments: [
      [], Array("RIFF\0\0\0\0WAVEfmt ".utf8), Array("\0\0\0\u{18}ftypmp42".utf8),
      Array("BMW and its cars".utf8),
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0], Array("GIF90a".utf8),
    ] as [[UInt8]]) func othersAreNone(bytes: [UInt8])
  {
    #expect(OtherPicture(bytes) == nil)
  }

  @Test func everyKindIsTried() {
    #expect(OtherPicture.allCases.allSatisfy { kind in Self.heads.contains { $0.0 == kind } })
  }
}
