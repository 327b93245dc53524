import Foundation
import Testing

@testable import SpadeFiles

@Suite struct FileNameTests {
  @Test(arguments: ["", "plain", "é🌳\u{0301}", "\u{10FF7F}", "a b\n"]) func utf8StaysAsItIs(text: String) {
    #expect(FileName.text(Array(text.utf8)) == text && FileName.bytes(text) == Array(text.utf8))
    #expect(FileName.shown(text) == text)
  }

  /// Every pair and many triples around the borders of UTF-8's ranges.
  @Test func anyBytesComeBack() {
    let borders: [UInt8] = [
      0x01, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBE, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0,
      0xF4,
      0xF5, 0xF8, 0xFF,
    ]
    for first in borders {
      for second in borders {
        for third in borders {
          for fourth in borders {
            let bytes = [first, second, third, fourth]
            let text = FileName.text(bytes)
            #expect(FileName.bytes(text) == bytes)
          }
        }
      }
    }
  }

  /// As Swift itself decides.
  @Test func strayBytesAreShownAsReplacements() {
    for bytes: [UInt8] in [[0xFF], [0x61, 0xC3], [0xE2, 0x82, 0x61], [0xC3, 0xA9, 0x80]] {
      let text = FileName.text(bytes)
      #expect(text.unicodeScalars.count { $0.value >= 0x10FF80 } > 0)
      #expect(FileName.shown(text).contains("\u{FFFD}"))
    }
    // A real file may be called as a stray byte is spelled here.
    let private4: [UInt8] = [0xF4, 0x8F, 0xBE, 0x80]
    #expect(FileName.bytes(FileName.text(private4)) == private4)
  }

  @Test func filesOfSuchNamesAreFoundAndWritten() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/" + FileName.text([0x61, 0xFF, 0x62])
      try File.write([5], to: path)
      #expect(try File.read(path) == [5])
      #expect(try Folder.names(in: folder).map { FileName.bytes($0) } == [[0x61, 0xFF, 0x62]])
      #expect(FileIdentity(path)?.isThere == true)
    }
  }
}
