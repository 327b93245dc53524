import SpadeFiles
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct OutputFileTests {
  private func refusal(_ path: String, inputs: [String], others: [OutputFile] = []) -> String? {
    do {
      _ = try OutputFile(checking: path, inputs: inputs, others: others)
      return nil
    } catch { return error.sentence }
  }

  @Test func anOutputIsNoInput() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a"
      try save([1], path)
      #expect(refusal(folder + "/b", inputs: [path, folder + "/none"]) == nil)
      #expect(
        refusal(path, inputs: [folder + "/none", path])?.contains("is read and would be replaced") == true)
      let other = "\(folder)/../\(Path.lastPart(of: folder))/a"
      #expect(refusal(other, inputs: [path])?.contains("is the same file as \(path)") == true)
      #expect(try load(path) == [1])
    }
  }

  @Test func outputsAreDifferentFiles() throws {
    try withTemporaryFolder { folder in
      let first = try OutputFile(checking: folder + "/a", inputs: [])
      #expect(refusal(folder + "//a", inputs: [], others: [first])?.contains("to be written twice") == true)
      #expect(refusal(folder + "/b", inputs: [], others: [first]) == nil)
      let device = try OutputFile(checking: "/dev/null", inputs: [])
      #expect(refusal("/dev/null", inputs: ["/dev/null"], others: [device]) == nil)
    }
  }
}
