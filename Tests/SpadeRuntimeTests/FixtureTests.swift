import Foundation
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// The int8 pictures of the reference implementation's checkpoints.
@Suite(.serialized, .enabled(if: Fixture.areThere, "no checkpoints at ../shared/fixtures"))
struct FixtureTests {
  /// The mean PSNR in dB that a checkpoint's pictures must reach.
  static let bounds: [(String, Double)] = [
    ("tiny-batchnorm", 30), ("tiny-edges-wide-more", 30), ("tiny-most", 30), ("tiny-instancenorm", 30),
    ("tiny-5x5", 30), ("tiny-no-spectral", 30), ("tiny-style", 30), ("coco-ngf8", 33),
  ]

  @Test(arguments: bounds) func closeToTheFloatNetwork(name: String, bound: Double) throws {
    try Self.check(name, try Fixture(name), leastMean: bound)
  }

  /// Quantises a fixture's network and paints its maps, the first with every set of kernels.
  /// - Parameter bound: The mean PSNR in dB that the pictures must reach.
  static func check(_ name: String, _ fixture: Fixture, leastMean bound: Double) throws {
    let compiled = try CompiledModel(
      CompilerInput(
        generator: fixture.generator, maps: fixture.maps,
        provenance: .init(
          checkpoint: name, checkpointChecksum: "", calibration: "its own maps",
          calibrationMapCount: fixture.maps.count, compiler: "test")))
    let run = try ModelRun(compiled.file(testChecksum: 0))
    var sum = 0.0
    for (index, map) in fixture.maps.enumerated() {
      let style = fixture.styles[index]
      let frame = try run.frame(map, style: style)
      sum += Metrics.psnr(fixture.expected[index], frame.picture)
      #expect(frame.isIntact)
      guard index == 0 else { continue }
      for kernels in supportedKernels {
        for threadCount in 1...3 {
          let other = try run.frame(map, style: style, kernels: kernels, threadCount: threadCount)
          #expect(
            other.checksum == frame.checksum && other.isIntact, "set \(kernels.index), \(threadCount) threads"
          )
        }
      }
    }
    let mean = sum / Double(fixture.maps.count)
    print("\(name): mean PSNR \(String(format: "%.2f", mean)) dB of \(fixture.maps.count) maps")
    #expect(mean >= bound)
  }
}
