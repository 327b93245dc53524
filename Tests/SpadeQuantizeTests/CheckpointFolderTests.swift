import Foundation
import Testing

@testable import SpadeQuantize

@Suite struct CheckpointFolderTests {
  private func find(
    _ files: [String], at file: String? = nil
  ) throws -> (generator: String, encoder: String?, options: String?) {
    let folder = try TemporaryFolder()
    for name in files { _ = try folder.file(name) }
    let found = try CheckpointFolder(path: file.map { "\(folder.path)/\($0)" } ?? folder.path)
    func name(_ path: String) -> String {
      #expect(FileManager.default.fileExists(atPath: path))
      return URL(fileURLWithPath: path).lastPathComponent
    }
    return (name(found.generatorPath), found.encoderPath.map(name), found.optionsPath.map(name))
  }

  @Test func latestComesFirst() throws {
    let found = try find([
      "opt.txt", "latest_net_G.pth", "latest_net_G.safetensors", "10_net_G.pth", "latest_net_E.pth",
      "latest_net_D.pth",
    ])
    #expect(found == ("latest_net_G.pth", "latest_net_E.pth", "opt.txt"))
  }

  @Test func theOnlyOneElse() throws {
    #expect(try find(["50_net_G.safetensors"]) == ("50_net_G.safetensors", nil, nil))
    let found = try find(["50_net_G.pth", "50_net_E.safetensors", "40_net_E.pth"])
    #expect(found == ("50_net_G.pth", "50_net_E.safetensors", nil))
  }

  @Test func aFileNamesItself() throws {
    let files = ["10_net_G.pth", "20_net_G.pth", "20_net_E.pth", "opt.txt", "mine.pth"]
    #expect(try find(files, at: "20_net_G.pth") == ("20_net_G.pth", "20_net_E.pth", "opt.txt"))
    #expect(try find(files, at: "10_net_G.pth") == ("10_net_G.pth", nil, "opt.txt"))
    #expect(try find(files, at: "mine.pth") == ("mine.pth", nil, "opt.txt"))
  }

  @Test func nothingOrTooMuch() {
    #expect(throws: CheckpointFolderError.noGenerator) { try find(["opt.txt", "latest_net_D.pth"]) }
    #expect(throws: CheckpointFolderError.severalNetworks(["1_net_G.pth", "2_net_G.pth"])) {
      try find(["2_net_G.pth", "1_net_G.pth"])
    }
    #expect(throws: CheckpointFolderError.severalNetworks(["2_net_E.pth", "3_net_E.pth"])) {
      try find(["1_net_G.pth", "2_net_E.pth", "3_net_E.pth"])
    }
    #expect(throws: CheckpointFolderError.notFound) { try CheckpointFolder(path: "/nonexistent") }
  }
}
