import Foundation
import SpadeFiles
import SpadeImage
import Testing

@testable import SpadeTools

@Suite struct SentenceTests {
  private func check(_ sentence: String, has part: String) {
    #expect(sentence.contains(part))
    #expect(sentence.contains(";"), "says what to do: \(sentence)")
    #expect(!sentence.hasSuffix("."))
  }

  @Test func everyFileErrorIsOneSentenceWithItsNumbers() {
    let all: [(FileError, String)] = [
      (.cannotOpen(errno: ENOENT), "no such file"), (.cannotRead(errno: 4095), "4095"), (.isFolder, "folder"),
      (.isStream, "pipe or a device"), (.tooLarge(byteLimit: 1 << 20), "1 MiB"),
      (.cannotWrite(errno: ENOSPC), "full"), (.outputIsFolder, "folder"), (.outOfMemory, "memory"),
    ]
    for (error, part) in all { check(error.sentence, has: part) }
  }

  @Test func everyImageErrorIsOneSentenceWithItsNumbers() {
    let all: [(ImageError, String)] = [
      (.outOfMemory, "memory"), (.notPNG, "PNG"), (.truncatedPNG(byteCount: 77), "77"),
      (.truncatedPNG(byteCount: 0), "is empty"), (.corruptPNG(.checksum, offset: 48), "48 (wrong checksum)"),
      (.tooLarge(width: 20000, height: 3), "20,000 by 3"), (.notSingleChannel(.rgb), "RGB"),
      (.wrongValueCount(required: 4, found: 3), "4 values"), (.badSize(width: 0, height: 9), "0 by 9"),
      (.notNPY, ".npy"), (.truncatedNPY(required: 10, found: 9), "9 of at least 10"),
      (.unsupportedNPYVersion(major: 3, minor: 0), "3.0"), (.malformedNPYHeader(offset: 31), "31"),
      (.unsupportedNPYType, "float32"), (.fortranOrderNPY, "Fortran"), (.oversizedNPYShape, "shape"),
      (.trailingNPYBytes(required: 5, found: 6), "6 bytes"), (.wrongShape(required: 5, found: 6), "5 values"),
    ]
    for (error, part) in all { check(error.sentence, has: part) }
  }

  /// A file may state any shape.
  @Test func longShapesAreCutShort() {
    #expect([Int]().listedExtents == "[]" && [3, 4].listedExtents == "[3, 4]")
    #expect([Int](repeating: 1, count: 60_000).listedExtents.utf8.count < 100)
  }

  @Test func lineBreaksInNamesDoNotBreakTheSentence() {
    #expect(Failure("a\nb\r\u{0B}c").sentence == "a b  c")
  }
}
