import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// Checkpoints of the reference implementation with its own float32 pictures; they lie beside the checkout, not in it.
private enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/fixtures").path

  static var areThere: Bool { FileManager.default.fileExists(atPath: "\(folder)/tiny-batchnorm") }

  /// The least mean PSNR of the int8 pictures, in dB.
  static let leastPSNR: [(String, Double)] = [
    ("tiny-batchnorm", 30), ("tiny-edges-wide-more", 30), ("tiny-most", 30), ("tiny-instancenorm", 30),
    ("tiny-5x5", 30), ("tiny-no-spectral", 30), ("tiny-style", 30), ("coco-ngf8", 33),
  ]
}

@Suite(.enabled(if: Fixtures.areThere, "no checkpoints at ../shared/fixtures"))
struct FixtureTests {
  @Test(arguments: Fixtures.leastPSNR) func picturesMatch(name: String, leastPSNR: Double) throws {
    let checkpoint = "\(Fixtures.folder)/\(name)"
    let labels = checkpoint + "/labels"
    let hasStyle = FileManager.default.fileExists(atPath: checkpoint + "/z.npy")
    let style = hasStyle ? ["--z", checkpoint + "/z.npy"] : []
    try withTemporaryFolder { folder in
      let reference = try Command(["reference", checkpoint, labels, "-o", folder + "/r.npy"] + style)
      #expect(reference.status == 0, "\(reference.errors)")
      let found = try NPYArray(npy: folder + "/r.npy")
      let expected = try NPYArray(npy: checkpoint + "/expected.npy")
      #expect(found.shape == expected.shape)
      #expect(zip(found.values, expected.values).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) } <= 1e-4)

      let model = folder + "/m.spade"
      let quantized = try Command("quantize", checkpoint, "--calibration", checkpoint, "-o", model)
      #expect(quantized.status == 0, "\(quantized.errors)")
      let evaluated = try Command(["evaluate", model, checkpoint, labels, "--json"] + style)
      let mean = try object(evaluated)["mean"] as? [String: Any]
      #expect(mean?["psnr"] as? Double ?? 0 >= leastPSNR)
      try paintsTheSameBytes(checkpoint, model: model, folder: folder)
    }
  }

  /// With every instruction set and with 1 and 2 threads.
  private func paintsTheSameBytes(_ checkpoint: String, model: String, folder: String) throws {
    let map = try #require(try contents(of: checkpoint + "/labels").first)
    let instances = "\(checkpoint)/instances/\(map)"
    var arguments = ["synthesize", model, "\(checkpoint)/labels/\(map)", "-o", folder + "/p.png"]
    if FileManager.default.fileExists(atPath: instances) { arguments += ["--instances", instances] }
    var pictures: Set<[UInt8]> = []
    for isa in try Command.instructionSets(for: model) {
      for threads in ["1", "2"] {
        let painted = try Command(arguments + ["--isa", isa, "--threads", threads])
        #expect(painted.status == 0, "\(painted.errors)")
        pictures.insert(try load(folder + "/p.png"))
      }
    }
    #expect(pictures.count == 1)
  }

  @Test func photosGiveTheReferencesStyles() throws {
    let checkpoint = Fixtures.folder + "/tiny-style"
    let mean = try NPYArray(npy: checkpoint + "/mu.npy")
    let logVariance = try NPYArray(npy: checkpoint + "/logvar.npy")
    let count = mean.shape[1]
    for index in 0..<2 {
      try withTemporaryFolder { folder in
        let map = try #require(try contents(of: checkpoint + "/labels").first)
        let reference = try Command(
          "reference", checkpoint, "\(checkpoint)/labels/\(map)", "--style",
          "\(checkpoint)/styles/style\(index).png", "--style-output", folder + "/s.npy", "-o",
          folder + "/r.png")
        #expect(reference.status == 0, "\(reference.errors)")
        let found = try NPYArray(npy: folder + "/s.npy").values
        for (row, expected) in [mean, logVariance].enumerated() {
          let scale = expected.values.reduce(0) { max($0, abs($1)) }
          for column in 0..<count {
            let difference = found[row * count + column] - expected.values[index * count + column]
            #expect(abs(difference) <= 1e-3 * scale)
          }
        }
      }
    }
  }
}
