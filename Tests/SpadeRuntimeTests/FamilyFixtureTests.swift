import Foundation
import SpadeInput
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// Checkpoints of SPADE's relatives with the answers of their authors' own code.
@Suite(.serialized, .enabled(if: Fixture.areRelativesThere, "no checkpoints at ../shared/family"))
struct FamilyFixtureTests {
  private static let families: [(String, GeneratorConfiguration.Family)] = [
    ("clade", .clade), ("clade-instances", .clade), ("oasis", .oasis), ("oasis-nonoise", .oasis),
    ("mobile", .ganCompression), ("mobile-nonorm", .ganCompression), ("submobile-more", .ganCompression),
    ("submobile-normal", .ganCompression), ("submobile-ngf24", .ganCompression),
  ]

  @Test(arguments: families)
  func referencePaintsTheAuthorsPictures(name: String, family: GeneratorConfiguration.Family) throws {
    let fixture = try Fixture(name, in: "family")
    #expect(fixture.generator.configuration.family == family)
    let reference = Reference(fixture.generator)
    var worst: Float = 0
    for (index, map) in fixture.maps.enumerated() {
      let picture = reference.picture(labels: map, style: fixture.styles[index])
      #expect(picture.values.count == fixture.values[index].count)
      for (found, wanted) in zip(picture.values, fixture.values[index]) {
        worst = max(worst, abs(found - wanted))
      }
    }
    print("\(name): largest difference \(worst)")
    #expect(worst <= 1e-4)
  }

  private static let quantized = [
    "clade", "clade-instances", "mobile-nonorm", "mobile", "oasis", "oasis-nonoise", "submobile-more",
    "submobile-normal",
    "submobile-ngf24",
  ]

  @Test(arguments: quantized) func modelPaintsNearlyTheAuthorsPictures(name: String) throws {
    try FixtureTests.check(name, try Fixture(name, in: "family"), leastMean: 38)
  }

  /// Styles that calibration has not seen move every pixel of every layer, and are as near.
  @Test func noiseOfAnySeedIsNearFloat32() throws {
    let fixture = try Fixture("oasis", in: "family")
    let run = try ModelRun(
      CompiledModel(
        CompilerInput(
          generator: fixture.generator, maps: fixture.maps,
          provenance: .init(
            checkpoint: "", checkpointChecksum: "", calibration: "", calibrationMapCount: 4, compiler: "test")
        )
      ).file(testChecksum: 0))
    let reference = Reference(fixture.generator)
    let count = try #require(fixture.generator.configuration.styleCount)
    let decibels = try (0..<8).map { index in
      let style: [Float] = NormalGenerator.style(seed: 1_000_000 + UInt64(index), count: count)
      let map = fixture.maps[index % fixture.maps.count]
      return Metrics.psnr(
        reference.picture(labels: map, style: style).rgb8(), try run.frame(map, style: style).picture)
    }
    let mean = decibels.reduce(0, +) / Double(decibels.count)
    print("oasis, unseen seeds: mean PSNR \(mean) dB, worst \(decibels.min() ?? 0) dB")
    #expect(mean >= 38)
  }
}
