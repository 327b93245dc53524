import Foundation
import Testing

@testable import SpadeFiles

@Suite struct PathTests {
  @Test(arguments: [
    ("a", "a", "."), ("a/b", "b", "a"), ("a/b/", "b", "a"), ("/a", "a", "/"), ("/a//b", "b", "/a"),
    ("/", "/", "/"),
    (".", ".", "./.."), ("a/..", "..", "a/../.."), ("a//b//", "b", "a"),
  ])
  func parts(path: String, last: String, parent: String) {
    #expect(Path.lastPart(of: path) == last && Path.parent(of: path) == parent)
  }

  @Test func names() {
    #expect(
      Path.joined("a", "b") == "a/b" && Path.joined("a/", "b") == "a/b" && Path.joined("/", "b") == "/b")
  }

  @Test func foldersAreMadeWithThoseTheyLieIn() throws {
    try withTemporaryFolder { folder in
      try Folder.make(folder + "/a/b//c/")
      #expect(Folder.isThere(folder + "/a/b/c"))
      try Folder.make(folder + "/a/b")
      try save([1], folder + "/file")
      #expect(
        failure { () throws(FileError) in try Folder.make(folder + "/file/x") }
          == .cannotWrite(errno: ENOTDIR))
      #expect(failure { () throws(FileError) in try Folder.make(folder + "/file") } != nil)
      #expect(try Folder.names(in: folder) == ["a", "file"])
    }
  }
}
