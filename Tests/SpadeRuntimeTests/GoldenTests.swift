import Foundation
import SpadeModel
import SpadeQuantize
import SpadeTestSupport
import Testing

/// Model files that lie in the repository, with the checksums of the picture and of a photo's style that the scalar kernels
/// gave when they were made. Calibration depends on a float library's last bits, so files are compared with themselves, not made anew.
///
/// To make them again, after a change of the format or of what a picture is:
/// `SPADE_WRITE_GOLDEN=1 swift test --filter GoldenTests`
@Suite(.serialized) struct GoldenTests {
  static let networks: [TinyNetwork] = [.instanceEdges, .style, .classTable, .separable, .noise]
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Golden")

  private static func path(_ network: TinyNetwork) -> URL {
    folder.appendingPathComponent("\(network.rawValue).spade")
  }

  private static var writes: Bool { ProcessInfo.processInfo.environment["SPADE_WRITE_GOLDEN"] != nil }

  @Test(.enabled(if: writes), arguments: networks) func write(_ network: TinyNetwork) throws {
    try Data(try network.file().bytes).write(to: Self.path(network))
  }

  @Test(arguments: networks) func sameAsEver(_ network: TinyNetwork) throws {
    let run = try ModelRun([UInt8](try Data(contentsOf: Self.path(network))))
    let (map, style) = run.testCase
    for kernels in supportedKernels {
      for threadCount in 1...2 {
        let frame = try run.frame(map, style: style, kernels: kernels, threadCount: threadCount)
        #expect(frame.checksum == run.model.testChecksum, "set \(kernels.index), \(threadCount) threads")
        guard run.model.encoder != nil else { continue }
        let photoStyle = try run.style(ofPhoto: testPhoto, kernels: kernels, threadCount: threadCount)
        #expect(
          photoStyle.checksum == run.model.testStyleChecksum, "set \(kernels.index), \(threadCount) threads")
      }
    }
  }
}
