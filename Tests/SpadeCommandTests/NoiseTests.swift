import Foundation
import SpadeImage
import SpadeQuantize
import SpadeTestSupport
import Testing

/// OASIS networks with noise from checkpoint to pictures: the noise is the style, as long as the checkpoint has it.
@Suite struct NoiseTests {
  private static let styleCount = 10

  /// A folder as OASIS leaves it, with two label maps, and its model file.
  private static let folder: Result<String, any Error> = Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("spade-noise-tests-\(ProcessInfo.processInfo.processIdentifier)").path
    let configuration = GeneratorConfiguration(
      classCount: 4, hasUnknownClass: false, hasEdges: false, channelUnit: 1, hiddenChannelCount: 16,
      width: 32, height: 32, styleCount: styleCount, layout: .oasis)
    try FileManager.default.createDirectory(atPath: folder + "/n/labels", withIntermediateDirectories: true)
    try Safetensors.write(
      tensors: RandomCheckpoint.generator(configuration: configuration, seed: 5),
      to: folder + "/n/latest_net_G.safetensors")
    let options =
      "crop_size: 32\naspect_ratio: 1.0\nsemantic_nc: 4\nz_dim: \(styleCount)\nno_3dnoise: False\n"
    try save(Array(options.utf8), folder + "/n/opt.txt")
    for (index, map) in ProceduralMaps.maps(
      count: 2, labelCount: 4, width: 32, height: 32, hasEdges: false, seed: 3
    ).enumerated() {
      let image = try IndexImage(width: 32, height: 32, values: map.ids)
      try save(image.pngBytes(), "\(folder)/n/labels/map\(index).png")
    }
    let command = try Command(
      "quantize", folder + "/n", "--calibration", folder + "/n", "-o", folder + "/n.spade")
    guard command.status == 0 else { throw Workshop.Refused(errors: command.errors) }
    return folder
  }

  private func path(_ name: String) throws -> String { try Self.folder.get() + "/" + name }

  private func paint(_ output: String, _ options: String...) throws -> Command {
    try Command(
      ["synthesize", path("n.spade"), path("n/labels/map0.png"), "-o", output] + options)
  }

  @Test func inspectNamesFamilyAndStyle() throws {
    let command = try Command("inspect", path("n.spade"))
    #expect(
      command.output.contains("family         oasis")
        && command.output.contains("style of 10 beside the labels"))
    #expect(!command.output.contains("kept"))
    let report = try object(Command("inspect", path("n.spade"), "--json"))
    let network = try #require(report["network"] as? [String: Any])
    #expect(network["family"] as? String == "oasis" && network["style_count"] as? Int == 10)
    // What the layers have to do adds up to what the file says of the network.
    let layers = try #require(report["layers"] as? [[String: Any]])
    let dense = layers.compactMap { $0["dense_multiply_adds"] as? Int }.reduce(0, +)
    #expect(dense > 0 && dense == report["dense_multiply_adds"] as? Int)
  }

  @Test func seedsArraysFilesAndBlendsAreStyles() throws {
    try withTemporaryFolder { folder in
      let picture = folder + "/p.png"
      func bytes(_ options: String...) throws -> [UInt8] {
        let command = try Command(
          ["synthesize", path("n.spade"), path("n/labels/map0.png"), "-o", picture] + options)
        #expect(command.status == 0, "\(command.errors)")
        return try load(picture)
      }
      let seven = try bytes("--seed", "7", "--save-style", folder + "/seven.z")
      #expect(try bytes("--style", folder + "/seven.z") == seven)
      #expect(try bytes("--seed", "8", "--save-style", folder + "/eight.z") != seven)
      let blend = try bytes("--blend", "\(folder)/seven.z:1,\(folder)/eight.z:1")
      #expect(blend != seven)
      try NPYArray(shape: [Self.styleCount], values: [Float](repeating: 0, count: Self.styleCount))
        .write(npy: folder + "/z.npy")
      #expect(try bytes("--z", folder + "/z.npy") != seven)
      try NPYArray(shape: [64], values: [Float](repeating: 0, count: 64)).write(npy: folder + "/long.npy")
      let refused = try paint(picture, "--z", folder + "/long.npy")
      #expect(refused.status == 1 && refused.errorLines.count == 1 && refused.errors.contains("10"))
    }
  }

  /// Without an encoder a photo is no style.
  @Test func aPhotoIsRefused() throws {
    try withTemporaryFolder { folder in
      try Workshop.writePhoto(folder + "/photo.png")
      let command = try paint(folder + "/p.png", "--style", folder + "/photo.png")
      #expect(command.status == 1 && command.errorLines.count == 1)
    }
  }

  /// A new plan paints the same picture, and keeps no A and B: they are another style's.
  @Test func replanningAndSourcesOfError() throws {
    try withTemporaryFolder { folder in
      let plan = try Command("plan", path("n.spade"), "--max-ram", "64M", "-o", folder + "/q.spade")
      #expect(
        plan.status == 0 && !plan.output.contains("next picture of a map"), "\(plan.errors)\(plan.output)")
      #expect(try paint(folder + "/a.png", "--seed", "3").status == 0)
      let again = try Command(
        "synthesize", folder + "/q.spade", path("n/labels/map0.png"), "-o", folder + "/b.png", "--seed", "3")
      #expect(again.status == 0, "\(again.errors)")
      #expect(try load(folder + "/a.png") == load(folder + "/b.png"))
      let sources = try Command(
        "evaluate", path("n.spade"), path("n"), path("n"), "--sources", "--json")
      let report = try object(sources)
      let mean = try #require(report["mean"] as? [String: Any])
      #expect(try #require(mean["psnr"] as? Double) > 30)
    }
  }
}
