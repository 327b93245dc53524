import Foundation
import SpadeQuantize
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
    "clade", "clade-instances", "mobile-nonorm", "mobile", "submobile-more", "submobile-normal",
    "submobile-ngf24",
  ]

  @Test(arguments: quantized) func modelPaintsNearlyTheAuthorsPictures(name: String) throws {
    try FixtureTests.check(name, try Fixture(name, in: "family"), leastMean: 38)
  }
}
