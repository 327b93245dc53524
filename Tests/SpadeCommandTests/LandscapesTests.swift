import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// The model in the box: what its card promises.
@Suite struct LandscapesTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Models/landscapes").path
  static let model = folder + "/landscapes.spade"
  private static let layouts = [
    "fields", "mountain-lake", "river", "shore", "village", "winter-road",
  ]

  /// The river has more windows than the scenes that plans are made for. With memory for them each is numbered once in a frame, so that the
  /// next picture of the layout finds it; in the plan as it ships the finest level runs out of room.
  @Test func memoryBeyondAPlanIsRoomForBusierMaps() throws {
    try withTemporaryFolder { folder in
      let planned = try Command("plan", Self.model, "--max-ram", "40M", "-o", folder + "/p.spade")
      #expect(planned.status == 0, "\(planned.errors)")
      func levels(_ model: String) throws -> [[String: Any]] {
        let profile = try Command(
          "profile", model, Self.folder + "/layouts/river.png", "--seed", "1", "--runs", "1", "--json")
        return try object(profile)["windows"] as? [[String: Any]] ?? []
      }
      let roomy = try levels(folder + "/p.spade")
      #expect(!roomy.isEmpty)
      for level in roomy { #expect(level["made"] as? Int == level["outer"] as? Int, "\(level)") }
      let shipped = try #require(levels(Self.model).last)
      #expect(try #require(shipped["made"] as? Int) > #require(shipped["outer"] as? Int))
    }
  }

  @Test func fileAndWorkAreSmall() throws {
    let inspected = try object(Command("inspect", Self.model, "--json"))
    #expect(try #require(inspected["byte_count"] as? Int) <= 8_000_000)
    for layout in Self.layouts {
      let map = "\(Self.folder)/layouts/\(layout).png"
      let profile = try object(
        Command("profile", Self.model, map, "--seed", "0", "--runs", "1", "--json"))
      #expect(try #require(profile["macs_done"] as? Int) <= 6_000_000_000, "\(layout)")
    }
  }

  @Test func layoutsInOneStyleAreCloseToFloat32() throws {
    let evaluation = try object(
      Command("evaluate", Self.model, Self.folder, Self.folder + "/layouts", "--json"))
    let pictures = try #require(evaluation["pictures"] as? [[String: Any]])
    #expect(pictures.allSatisfy { $0["seen"] as? Bool == false })
    let psnr = pictures.compactMap { $0["psnr"] as? Double }
    #expect(psnr.count == Self.layouts.count)
    #expect(try #require(psnr.min()) >= 33)
    #expect(psnr.reduce(0, +) / Double(psnr.count) >= 43)
  }

  @Test func aStyleIsTheSameOnEveryInstructionSet() throws {
    try withTemporaryFolder { folder in
      let pictures = try Command.instructionSets(for: Self.model).map { isa in
        try paint("night", to: folder + "/p.png", "--isa", isa)
      }
      #expect(Set(pictures).count == 1)
    }
  }

  @Test func stylesShow() throws {
    try withTemporaryFolder { folder in
      let skies = try ["summer", "sunset", "night"].map { style in
        let path = "\(folder)/\(style).png"
        _ = try paint(style, to: path)
        return try meanOfTopRows(Picture(png: path))
      }
      let (summer, sunset, night) = (skies[0], skies[1], skies[2])
      #expect(summer[2] > summer[0], "a summer sky is blue")
      #expect(sunset[0] - sunset[2] > summer[0] - summer[2] + 40, "a sunset is redder")
      #expect(night.reduce(0, +) < summer.reduce(0, +) * 0.7, "a night is dark")
    }
  }

  /// Paints a layout in a shipped style.
  /// - Returns: The picture's file.
  private func paint(_ style: String, to path: String, _ options: String...) throws -> [UInt8] {
    let painted = try Command(
      ["synthesize", Self.model, Self.folder + "/layouts/winter-road.png"]
        + ["--style", "\(Self.folder)/styles/\(style).png", "-o", path] + options)
    #expect(painted.status == 0, "\(painted.errors)")
    return try load(path)
  }

  /// Mean red, green and blue of the upper eighth, which is sky.
  private func meanOfTopRows(_ picture: Picture) -> [Double] {
    let pixelCount = picture.width * picture.height / 8
    return (0..<3).map { channel in
      (0..<pixelCount).reduce(0) { $0 + Double(picture.bytes[$1 * 3 + channel]) } / Double(pixelCount)
    }
  }
}
