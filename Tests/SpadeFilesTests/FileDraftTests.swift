import Foundation
import Testing

@testable import SpadeFiles

@Suite struct FileDraftTests {
  private func add(_ text: String, to draft: FileDraft) throws {
    try draft.add(Array(text.utf8))
  }

  @Test func theOldFileStaysUntilTheEnd() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a"
      try save([7], path)
      let draft = try FileDraft(path)
      try add("new ", to: draft)
      try add("content", to: draft)
      #expect(try load(path) == [7])
      try draft.finish()
      #expect(try load(path) == Array("new content".utf8))
      #expect(try contents(of: folder) == ["a"])
    }
  }

  @Test func aDraftThatIsNotFinishedLeavesNothing() throws {
    try withTemporaryFolder { folder in
      do {
        let draft = try FileDraft(folder + "/a")
        try add("half", to: draft)
        #expect(try contents(of: folder).count == 1)
      }
      #expect(try contents(of: folder) == [])
    }
  }

  /// Nobody may read a private file while it is written anew.
  @Test func aDraftIsNeverMoreOpenThanTheFileItReplaces() throws {
    try withTemporaryFolder { folder in
      try save([7], folder + "/a")
      #expect(chmod(folder + "/a", 0o600) == 0)
      let draft = try FileDraft(folder + "/a")
      let temporary = try #require(try contents(of: folder).first { $0 != "a" })
      #expect(try permissions(of: folder + "/" + temporary) == 0o600)
      try draft.finish()
      #expect(try permissions(of: folder + "/a") == 0o600)
    }
  }

  @Test func aDanglingLinkIsFollowed() throws {
    try withTemporaryFolder { folder in
      try Folder.make(folder + "/deep")
      try link(folder + "/first", to: "deep/second")
      try link(folder + "/deep/second", to: "../third")
      try File.write([1, 2], to: folder + "/first")
      #expect(try load(folder + "/third") == [1, 2])
      #expect(try contents(of: folder) == ["deep", "first", "third"])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/first") == "deep/second")
      try link(folder + "/nowhere", to: "none/x")
      #expect(
        failure { () throws(FileError) in try File.write([1], to: folder + "/nowhere") }
          == .cannotWrite(errno: ENOENT))
    }
  }

  @Test func whatCannotBeWrittenIsKnownBefore() throws {
    try withTemporaryFolder { folder in
      func refusal(_ name: String) -> FileError? {
        failure { () throws(FileError) in try File.checkOutput(folder + "/" + name) }
      }
      try link(folder + "/loop", to: "loop")
      try save([1], folder + "/file")
      #expect(refusal("new") == nil && refusal("file") == nil)
      #expect(refusal("loop") == .cannotWrite(errno: ELOOP))
      #expect(refusal(String(repeating: "n", count: 256)) == .cannotWrite(errno: ENAMETOOLONG))
      #expect(refusal(String(repeating: "n/", count: 3000)) == .cannotWrite(errno: ENAMETOOLONG))
      #expect(refusal("none/x") == .cannotWrite(errno: ENOENT))
      #expect(refusal("file/x") == .cannotWrite(errno: ENOTDIR))
      #expect(refusal("") == .outputIsFolder && refusal("new/") == .outputIsFolder)
      #expect(try contents(of: folder) == ["file", "loop"])
    }
  }
}
