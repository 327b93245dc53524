import Foundation
import Testing

@testable import SpadeImage

@Suite struct FileTests {
  private func open(_ path: String) -> ImageError? {
    failure { () throws(ImageError) in try IndexImage(png: path) }
  }

  private func write(_ path: String) throws -> ImageError? {
    let picture = try Picture(width: 1, height: 1, bytes: [1, 2, 3])
    return failure { () throws(ImageError) in try picture.write(png: path) }
  }

  @Test func missingFilesCannotBeOpened() throws {
    try withTemporaryFolder { (folder: String) throws in
      #expect(open(folder + "/none.png") == .cannotOpen(errno: ENOENT))
      #expect(open("") == .cannotOpen(errno: ENOENT))
      try save([1], folder + "/file")
      #expect(open(folder + "/file/a.png") == .cannotOpen(errno: ENOTDIR))
    }
  }

  @Test func foldersAreNoFiles() throws {
    try withTemporaryFolder { (folder: String) throws in
      #expect(open(folder) == .isDirectory)
      #expect(try write(folder) == .outputIsDirectory)
      #expect(try write(folder + "/none/") == .outputIsDirectory)
      #expect(try contents(of: folder).isEmpty)
    }
  }

  @Test func filesOverTheLimitAreRefused() throws {
    try withTemporaryFolder { (folder: String) throws in
      try save([UInt8](repeating: 7, count: 100), folder + "/a")
      #expect(try File.read(folder + "/a", byteLimit: 100).count == 100)
      #expect(
        failure { () throws(ImageError) in try File.read(folder + "/a", byteLimit: 99) }
          == .fileTooLarge(byteLimit: 99))
      try save([], folder + "/large")
      #expect(truncate(folder + "/large", off_t(File.byteLimit) + 1) == 0)
      #expect(open(folder + "/large") == .fileTooLarge(byteLimit: 256 << 20))
      #expect(
        failure { () throws(ImageError) in try File.read("/dev/zero", byteLimit: 1 << 20) }
          == .fileTooLarge(byteLimit: 1 << 20))
    }
  }

  @Test func filesWithoutAStatedSizeAreReadToTheEnd() throws {
    #expect(try !File.read("/proc/self/status").isEmpty)
    #expect(try File.read("/dev/null").isEmpty)
  }

  @Test func unreadableFilesAreReported() {
    #expect(
      failure { () throws(ImageError) in try File.read("/proc/self/mem") } == .cannotRead(errno: EIO))
  }

  @Test func aFailedWriteLeavesNothingBehind() throws {
    try withTemporaryFolder { (folder: String) throws in
      #expect(try write(folder + "/none/a.png") == .cannotWrite(errno: ENOENT))
      #expect(try write("") == .cannotWrite(errno: ENOENT))
      let long = String(repeating: "n", count: 300)
      #expect(try write(folder + "/" + long) == .cannotWrite(errno: ENAMETOOLONG))
      #expect(try write("/dev/full") == .cannotWrite(errno: ENOSPC))
      #expect(try contents(of: folder).isEmpty)
    }
  }

  @Test func linksInACircleAreReported() throws {
    try withTemporaryFolder { (folder: String) throws in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/loop.png", withDestinationPath: folder + "/loop.png")
      #expect(try write(folder + "/loop.png") == .cannotWrite(errno: ELOOP))
      #expect(try contents(of: folder) == ["loop.png"])
    }
  }

  @Test func aWriteReplacesKeepsPermissionsAndFollowsLinks() throws {
    try withTemporaryFolder { (folder: String) throws in
      try save([1, 2, 3], folder + "/old.png")
      #expect(chmod(folder + "/old.png", 0o640) == 0)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.png", withDestinationPath: "old.png")
      #expect(try write(folder + "/link.png") == nil)
      #expect(try contents(of: folder) == ["link.png", "old.png"])
      #expect(try Picture(png: folder + "/old.png").bytes == [1, 2, 3])
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/old.png")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link.png") == "old.png")
    }
  }

  @Test func devicesAreWrittenIntoNotReplaced() throws {
    #expect(try write("/dev/null") == nil)
    #expect(try File.read("/dev/null").isEmpty)
  }

  @Test func everyDescriptionIsOneSentenceWithItsNumbers() {
    let all: [(ImageError, String)] = [
      (.cannotOpen(errno: ENOENT), "no such file"), (.cannotRead(errno: 4095), "4095"),
      (.isDirectory, "folder"), (.fileTooLarge(byteLimit: 1 << 20), "1 MiB"),
      (.cannotWrite(errno: ENOSPC), "full"), (.outputIsDirectory, "folder"), (.outOfMemory, "memory"),
      (.notPNG, "PNG"), (.truncatedPNG(byteCount: 77), "77"),
      (.corruptPNG(.checksum, offset: 48), "48 (wrong checksum)"),
      (.tooLarge(width: 20000, height: 3), "20000 by 3"), (.notSingleChannel(.rgb), "RGB"),
      (.wrongValueCount(required: 4, found: 3), "4 values"), (.badSize(width: 0, height: 9), "0 by 9"),
      (.notNPY, ".npy"), (.truncatedNPY(required: 10, found: 9), "9 of at least 10"),
      (.unsupportedNPYVersion(major: 3, minor: 0), "3.0"), (.malformedNPYHeader(offset: 31), "31"),
      (.unsupportedNPYType, "float32"), (.fortranOrderNPY, "Fortran"), (.oversizedNPYShape, "shape"),
      (.trailingNPYBytes(required: 5, found: 6), "6 bytes"), (.wrongShape(required: 5, found: 6), "5 values"),
    ]
    for (error, part) in all {
      #expect(error.description.contains(part))
      #expect(error.description.contains(";"), "says what to do: \(error)")
      #expect(!error.description.hasSuffix("."))
    }
  }
}
