import Foundation
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// Neither a frame nor a photo allocates: counted in a program of its own, whose malloc is replaced.
@Suite struct AllocationTests {
  /// The lines that the trap prints.
  private func trap(_ arguments: [String]) throws -> [String] {
    // Beside the test bundle, whichever that is.
    let bundle = URL(
      fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    let process = Process()
    process.executableURL = bundle.deletingLastPathComponent().appendingPathComponent("spade-allocation-trap")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Each of the seven functions is counted, and so is what Swift's own runtime asks for.
  @Test func theTrapCatches() throws {
    let counts = try trap(["--prove"]).compactMap { Int($0) }
    #expect(counts.count == 2 && counts[0] == 7 && counts[1] >= 3)
  }

  @Test(arguments: TinyNetwork.allCases) func aFrameDoesNotAllocate(_ network: TinyNetwork) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "spade-\(network)-\(UUID().uuidString).spade")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(try network.file().bytes).write(to: path)
    for kernels in supportedKernels {
      for threadCount in 1...3 {
        let lines = try trap([path.path, "\(kernels.index)", "\(threadCount)"])
        #expect(
          lines == ["0", "0", "same picture", "same style"], "set \(kernels.index), \(threadCount) threads")
      }
    }
  }
}
