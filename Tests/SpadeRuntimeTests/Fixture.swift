import Foundation
import SpadeImage
import SpadeInput
import SpadeQuantize
import SpadeTestSupport

/// A checkpoint that the reference implementation wrote, with its answers; they lie beside the checkout, not in it.
struct Fixture {
  private static let shared = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared").path

  static let folder = shared + "/fixtures"
  static var areThere: Bool { FileManager.default.fileExists(atPath: "\(folder)/tiny-batchnorm") }
  /// Those of SPADE's relatives.
  static var areRelativesThere: Bool { FileManager.default.fileExists(atPath: "\(shared)/family/clade") }

  let generator: Generator
  let maps: [LabelMap]
  /// One for each map; empty vectors where the network has no style.
  let styles: [[Float]]
  /// RGB8 of the float32 network, one for each map.
  let expected: [[UInt8]]
  /// The same before they become bytes: `[3, height, width]` each.
  let values: [[Float]]

  /// - Parameter folder: `fixtures`, or `family` for SPADE's relatives.
  init(_ name: String, in folder: String = "fixtures") throws {
    let path = "\(Self.shared)/\(folder)/\(name)"
    let files = try CheckpointFolder(path: path)
    let checkpoint = try Checkpoint(contentsOf: files.generatorPath)
    let options = try files.optionsPath.map { try Options(contentsOf: $0) }
    let configuration = try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options)
    generator = try Generator(checkpoint: checkpoint, configuration: configuration)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/labels").sorted()
    maps = try names.map { try Self.map("\(path)/labels/\($0)", "\(path)/instances/\($0)", configuration) }

    let pictures = try NPYArray(npy: "\(path)/expected.npy")
    let valueCount = 3 * configuration.width * configuration.height
    values = maps.indices.map { [Float](pictures.values[($0 * valueCount)..<(($0 + 1) * valueCount)]) }
    expected = values.map { values in
      Tensor(
        channelCount: 3, height: configuration.height, width: configuration.width, values: values
      ).rgb8()
    }
    if let styleCount = configuration.styleCount {
      let values = try NPYArray(npy: "\(path)/z.npy").values
      styles = maps.indices.map { [Float](values[($0 * styleCount)..<(($0 + 1) * styleCount)]) }
    } else {
      styles = maps.map { _ in [] }
    }
  }

  /// 255 stands for unknown pixels in label files.
  private static func map(
    _ labels: String, _ instances: String, _ configuration: GeneratorConfiguration
  ) throws -> LabelMap {
    func resized(_ path: String) throws -> IndexImage {
      try IndexImage(png: path).resized(width: configuration.width, height: configuration.height)
    }
    return LabelMap(
      width: configuration.width, height: configuration.height,
      ids: try resized(labels).values.map { $0 == 255 ? UInt16(configuration.classCount) : $0 },
      edges: configuration.hasEdges ? edges(of: try resized(instances)) : nil)
  }
}
