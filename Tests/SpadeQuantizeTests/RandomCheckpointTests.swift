import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct RandomCheckpointTests {
  private static let configuration = GeneratorConfiguration(
    classCount: 5, hasUnknownClass: true, hasEdges: false, channelUnit: 2, hiddenChannelCount: 16, width: 64,
    height: 64)

  private static func maps(_ count: Int, seed: UInt64) -> [LabelMap] {
    ProceduralMaps.maps(
      count: count, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height,
      hasEdges: configuration.hasEdges, seed: seed)
  }

  private static func fitted(seed: UInt64) throws -> Generator {
    var tensors = RandomCheckpoint.generator(configuration: configuration, seed: seed)
    try RandomCheckpoint.fit(&tensors, configuration: configuration, maps: maps(6, seed: 40))
    return try Generator(checkpoint: Checkpoint(tensors: tensors), configuration: configuration)
  }

  @Test(
    "Over the maps of the statistics the first norm's output has mean 0 and variance 1",
    arguments: [1, 2, 3] as [UInt64])
  func statisticsFit(seed: UInt64) throws {
    let generator = try Self.fitted(seed: seed)
    let channelCount = generator.blocks[0].norm0.channelCount
    var values = [[Double]](repeating: [], count: channelCount)
    for map in Self.maps(6, seed: 40) {
      _ = Reference(generator).picture(labels: map) { (site, tensor: inout Tensor) in
        guard site == .normalized(generator.blocks[0].norm0.name) else { return }
        for channel in 0..<channelCount {
          let plane = tensor.values[(channel * tensor.planeCount)..<((channel + 1) * tensor.planeCount)]
          values[channel] += plane.map { Double($0) }
        }
      }
    }
    for channel in 0..<channelCount {
      let count = Double(values[channel].count)
      let mean = values[channel].reduce(0, +) / count
      let variance = values[channel].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      #expect(abs(mean) < 1e-3)
      #expect(abs(variance - 1) < 1e-2)
    }
  }

  @Test("Deep norms see a spread of about 1 on maps that the statistics did not")
  func deepLayersKeepTheirSpread() throws {
    let generator = try Self.fitted(seed: 4)
    var squares: [String: (sum: Double, count: Int)] = [:]
    for map in Self.maps(4, seed: 41) {
      _ = Reference(generator).picture(labels: map) { (site, tensor: inout Tensor) in
        guard case .normalized(let name) = site else { return }
        let sum = tensor.values.reduce(0.0) { $0 + Double($1) * Double($1) }
        squares[name, default: (0, 0)].sum += sum
        squares[name, default: (0, 0)].count += tensor.values.count
      }
    }
    #expect(squares.count == generator.blocks.flatMap(\.layers).count)
    for (name, (sum, count)) in squares {
      #expect((0.3...3).contains(sum / Double(count)), "\(name)")
    }
  }
}
