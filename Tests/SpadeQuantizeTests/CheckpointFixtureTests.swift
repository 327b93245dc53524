import Foundation
import Testing

@testable import SpadeQuantize

/// Checkpoints that the reference implementation wrote; they lie beside the checkout, not in it.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/fixtures").path

  static var areThere: Bool { FileManager.default.fileExists(atPath: "\(folder)/tiny-batchnorm") }

  static let configurations: [(name: String, configuration: GeneratorConfiguration)] = {
    func tiny(_ change: (inout GeneratorConfiguration) -> Void) -> GeneratorConfiguration {
      var configuration = GeneratorConfiguration(
        classCount: 12, hasUnknownClass: false, hasEdges: false, channelUnit: 4, width: 64, height: 64)
      change(&configuration)
      return configuration
    }
    return [
      ("tiny-batchnorm", tiny { $0.hasUnknownClass = true }),
      (
        "tiny-edges-wide-more",
        tiny {
          $0.hasEdges = true
          $0.upsampling = .more
          $0.width = 128
        }
      ),
      (
        "tiny-most",
        tiny {
          $0.upsampling = .most
          ($0.width, $0.height) = (128, 128)
        }
      ),
      ("tiny-instancenorm", tiny { $0.normalization = .instance }),
      ("tiny-5x5", tiny { $0.kernelSize = 5 }),
      ("tiny-no-spectral", tiny { $0.hasSpectralNorm = false }),
      (
        "tiny-style",
        tiny {
          $0.styleCount = 256
          ($0.width, $0.height) = (256, 256)
        }
      ),
      (
        "coco-ngf8",
        GeneratorConfiguration(
          classCount: 182, hasUnknownClass: true, hasEdges: true, channelUnit: 8, width: 256, height: 256)
      ),
    ]
  }()
}

@Suite(.enabled(if: Fixtures.areThere, "no checkpoints at ../shared/fixtures"))
struct CheckpointFixtureTests {
  @Test(arguments: Fixtures.configurations)
  func generatorIsRead(name: String, wanted: GeneratorConfiguration) throws {
    let folder = try CheckpointFolder(path: "\(Fixtures.folder)/\(name)")
    let options = try Options(contentsOf: try #require(folder.optionsPath))
    #expect(options.classCount == wanted.classCount && options.channelUnit == wanted.channelUnit)
    #expect(options.hasUnknownClass == wanted.hasUnknownClass && options.hasEdges == wanted.hasEdges)
    #expect(options.layerNormalization?.kernelSize == wanted.kernelSize)

    let checkpoint = try Checkpoint(contentsOf: folder.generatorPath)
    #expect(checkpoint.names.first == "fc.weight" && checkpoint.names.last == "conv_img.bias")
    let found = try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options)
    #expect(found == wanted)

    let generator = try Generator(checkpoint: checkpoint, configuration: found)
    #expect(generator.blocks.count == wanted.blocks.count)
    #expect(
      generator.blocks.allSatisfy { ($0.norm0.statistics == nil) == (wanted.normalization == .instance) })
    #expect((folder.encoderPath != nil) == (wanted.styleCount != nil))
  }

  @Test func encoderIsRead() throws {
    let folder = try CheckpointFolder(path: "\(Fixtures.folder)/tiny-style")
    let encoder = try StyleEncoder(
      checkpoint: try Checkpoint(contentsOf: try #require(folder.encoderPath)))
    #expect(encoder.mean.outputChannelCount == 256)
    #expect(encoder.layers.count == 6)
  }

  /// The folded weight's largest singular value is 1, since u and v are the reference's power iteration.
  @Test func spectralNormIsOne() throws {
    let folder = try CheckpointFolder(path: "\(Fixtures.folder)/tiny-batchnorm")
    let checkpoint = try Checkpoint(contentsOf: folder.generatorPath)
    let configuration = try GeneratorConfiguration.detect(
      checkpoint: checkpoint, options: try Options(contentsOf: try #require(folder.optionsPath)))
    let conv = try Generator(checkpoint: checkpoint, configuration: configuration).blocks[6].conv1
    let u = try checkpoint.floats("up_3.conv_1.weight_u")
    let v = try checkpoint.floats("up_3.conv_1.weight_v")
    var norm: Float = 0
    for row in u.indices {
      for column in v.indices { norm += u[row] * conv.weight[row * v.count + column] * v[column] }
    }
    #expect(abs(norm - 1) < 1e-4)
  }
}
