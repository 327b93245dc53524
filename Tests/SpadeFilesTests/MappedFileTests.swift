import Foundation
import Glibc
import Testing

@testable import SpadeFiles

@Suite struct MappedFileTests {
  private func refusal(_ path: String) -> FileError? {
    failure { () throws(FileError) in _ = try MappedFile(path: path) }
  }

  @Test func onlyFilesAreMapped() throws {
    try withTemporaryFolder { folder in
      try save([1, 2, 3], folder + "/a")
      try save([], folder + "/empty")
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      let file = try MappedFile(path: folder + "/a")
      withExtendedLifetime(file) { #expect(Array(file.bytes) == [1, 2, 3]) }
      #expect(try MappedFile(path: folder + "/empty").bytes.isEmpty)
      // A pipe nobody writes to is not waited for.
      #expect(refusal(folder + "/pipe") == .isStream)
      #expect(refusal("/dev/zero") == .isStream)
      #expect(refusal(folder) == .isFolder)
      #expect(refusal(folder + "/none") == .cannotOpen(errno: ENOENT))
    }
  }

  /// The file is shortened and written into; a mapping of it would end the program with SIGBUS.
  @Test func aCopyStaysAsItIs() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a"
      let content = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try save(content, path)
      let file = try MappedFile(path: path, isCopied: true)
      #expect(truncate(path, 5000) == 0)
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.write(contentsOf: Data([9, 9, 9]))
      try handle.close()
      withExtendedLifetime(file) { #expect(Array(file.bytes) == content) }
    }
  }
}
