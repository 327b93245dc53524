import Foundation
import Glibc
import Testing

@testable import SpadeFiles

@Suite struct FileIdentityTests {
  @Test func linksAndOtherSpellingsAreTheSameFile() throws {
    try withTemporaryFolder { folder in
      try save([1], folder + "/a")
      try save([1], folder + "/b")
      try link(folder + "/soft", to: "a")
      #expect(hardLink(folder + "/a", folder + "/hard") == 0)
      let identity = FileIdentity(folder + "/a")
      #expect(identity?.isThere == true)
      for name in ["/soft", "/hard", "/./a", "//a"] {
        #expect(FileIdentity(folder + name) == identity, "\(name)")
      }
      #expect(FileIdentity(folder + "/b") != identity)
    }
  }

  @Test func filesThatAreNotThereAreToldByTheirPlace() throws {
    try withTemporaryFolder { folder in
      try Folder.make(folder + "/deep")
      try link(folder + "/soft", to: "deep/new")
      let identity = FileIdentity(folder + "/deep/new")
      #expect(identity?.isThere == false)
      #expect(FileIdentity(folder + "/soft") == identity)
      #expect(FileIdentity(folder + "/deep/../deep/new") == identity)
      #expect(FileIdentity(folder + "/deep/other") != identity && FileIdentity(folder + "/new") != identity)
    }
  }

  @Test func devicesAndFoldersAreNoFiles() {
    #expect(FileIdentity("/dev/null") == nil && FileIdentity("/") == nil && FileIdentity("/none/x") == nil)
  }

  private func hardLink(_ from: String, _ to: String) -> Int32 { Glibc.link(from, to) }
}
