import Foundation
import Testing

@testable import SpadeFiles

@Suite struct FileTests {
  private func open(_ path: String) -> FileError? {
    failure { () throws(FileError) in try File.read(path) }
  }

  private func write(_ path: String) -> FileError? {
    failure { () throws(FileError) in try File.write([1, 2, 3], to: path) }
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
      #expect(open(folder) == .isFolder)
      #expect(write(folder) == .outputIsFolder)
      #expect(write(folder + "/none/") == .outputIsFolder)
      #expect(try contents(of: folder).isEmpty)
    }
  }

  @Test func filesOverTheLimitAreRefused() throws {
    try withTemporaryFolder { (folder: String) throws in
      try save([UInt8](repeating: 7, count: 100), folder + "/a")
      #expect(try File.read(folder + "/a", byteLimit: 100).count == 100)
      #expect(
        failure { () throws(FileError) in try File.read(folder + "/a", byteLimit: 99) }
          == .tooLarge(byteLimit: 99))
      try save([], folder + "/large")
      #expect(truncate(folder + "/large", off_t(File.byteLimit) + 1) == 0)
      #expect(open(folder + "/large") == .tooLarge(byteLimit: 256 << 20))
      #expect(
        failure { () throws(FileError) in try File.read("/dev/zero", byteLimit: 1 << 20) }
          == .tooLarge(byteLimit: 1 << 20))
    }
  }

  @Test func filesWithoutAStatedSizeAreReadToTheEnd() throws {
    #expect(try !File.read("/proc/self/status").isEmpty)
    #expect(try File.read("/dev/null").isEmpty)
  }

  @Test func unreadableFilesAreReported() {
    #expect(
      failure { () throws(FileError) in try File.read("/proc/self/mem") } == .cannotRead(errno: EIO))
  }

  @Test func aFailedWriteLeavesNothingBehind() throws {
    try withTemporaryFolder { (folder: String) throws in
      #expect(write(folder + "/none/a.png") == .cannotWrite(errno: ENOENT))
      #expect(write("") == .cannotWrite(errno: ENOENT))
      let long = String(repeating: "n", count: 300)
      #expect(write(folder + "/" + long) == .cannotWrite(errno: ENAMETOOLONG))
      #expect(write("/dev/full") == .cannotWrite(errno: ENOSPC))
      #expect(try contents(of: folder).isEmpty)
    }
  }

  @Test func linksInACircleAreReported() throws {
    try withTemporaryFolder { (folder: String) throws in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/loop.png", withDestinationPath: folder + "/loop.png")
      #expect(write(folder + "/loop.png") == .cannotWrite(errno: ELOOP))
      #expect(try contents(of: folder) == ["loop.png"])
    }
  }

  @Test func aWriteReplacesKeepsPermissionsAndFollowsLinks() throws {
    try withTemporaryFolder { (folder: String) throws in
      try save([1, 2, 3], folder + "/old.png")
      #expect(chmod(folder + "/old.png", 0o640) == 0)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.png", withDestinationPath: "old.png")
      #expect(write(folder + "/link.png") == nil)
      #expect(try contents(of: folder) == ["link.png", "old.png"])
      #expect(try load(folder + "/old.png") == [1, 2, 3])
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/old.png")
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link.png") == "old.png")
    }
  }

  @Test func devicesAreWrittenIntoNotReplaced() throws {
    #expect(write("/dev/null") == nil)
    #expect(try File.read("/dev/null").isEmpty)
  }
}
