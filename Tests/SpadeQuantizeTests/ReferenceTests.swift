import Foundation
import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct ReferenceTests {
  /// Hidden: id 0 gives 1 + 2, id 1 gives relu(1 - 1). γ sums the whole 2×2 map; β is the pixel plus ten times its right
  /// neighbour, less ten. The activation outside the map is zero, not relu of the bias.
  private var handLayer: SpadeLayer {
    func weight(_ taps: [Int: Float]) -> [Float] { (0..<9).map { taps[$0] ?? 0 } }
    func convolution(_ input: Int, _ weight: [Float], _ bias: Float) -> Convolution {
      Convolution(
        name: "n", outputChannelCount: 1, inputChannelCount: input, kernelSize: 3, weight: weight,
        bias: [bias])
    }
    return SpadeLayer(
      name: "n", shared: convolution(2, weight([4: 2]) + weight([4: -1]), 1),
      gamma: convolution(1, [Float](repeating: 1, count: 9), 0.5),
      beta: convolution(1, weight([4: 1, 5: 10]), -10),
      statistics: .init(mean: [1], variance: [4 - SpadeLayer.epsilon]))
  }

  @Test("A SPADE layer worked by hand on 2×2 pixels")
  func spadeLayer() {
    let input = Tensor(channelCount: 1, height: 2, width: 2, values: [1, 3, -1, 5])
    let labels = LabelMap(width: 2, height: 2, ids: [0, 1, 1, 0])
    var seen: [Site: [Float]] = [:]
    let reference = SpadeLayerReference(handLayer)
    let active = reference.applied(to: input, labels: labels, style: nil, slope: 0.2) { seen[$0] = $1.values }
    #expect(seen[.hidden("n")] == [3, 0, 0, 3])
    #expect(seen[.gamma("n")] == [6.5, 6.5, 6.5, 6.5])
    #expect(seen[.beta("n")] == [-7, -10, 20, -7])
    #expect(seen[.normalized("n")] == [0, 1, -1, 2])
    #expect(seen[.modulated("n")] == active.values)
    let leaky: [Float] = [-7, -2.5].map { $0 * 0.2 }
    #expect(active.values == leaky + [12.5, 8])
    let plain = reference.applied(to: input, labels: labels, style: nil, slope: 1, visit: nil)
    #expect(plain.values == [-7, -2.5, 12.5, 8])
  }

  @Test("Instance norm uses the biased variance of each channel")
  func instanceNorm() {
    let input = Tensor(channelCount: 2, height: 1, width: 4, values: [1, 2, 3, 4, 7, 7, 7, 7])
    let statistics = ChannelStatistics(measuring: input)
    #expect(statistics.mean == [2.5, 7])
    #expect(abs(statistics.inverseDeviation[0] - 0.8944236) < 1e-6)
    #expect(abs(statistics.inverseDeviation[1] - 316.22777) < 1e-3)
    let expected = [-1.3416354, -0.44721183, 0.44721183, 1.3416354, 0, 0, 0, 0]
    for (value, wanted) in zip(statistics.normalized(input).values, expected) {
      #expect(abs(Double(value) - wanted) < 1e-6)
    }
  }

  @Test("A map is sampled at the top-left pixel of every cell")
  func sampledMap() {
    let labels = LabelMap(
      width: 4, height: 4, ids: (0..<16).map { UInt16($0) }, edges: (0..<16).map { UInt8($0) })
    let half = labels.sampled(width: 2, height: 2)
    #expect(half == LabelMap(width: 2, height: 2, ids: [0, 2, 8, 10], edges: [0, 2, 8, 10]))
    #expect(labels.sampled(width: 3, height: 1).ids == [0, 1, 2])
    #expect(labels.sampled(width: 8, height: 1).ids == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(labels.sampled(width: 4, height: 4) == labels)
  }

  @Test(
    "Every observed tensor follows from those before it, whatever the variant",
    arguments: [
      GeneratorConfiguration(
        classCount: 5, hasUnknownClass: true, hasEdges: false, channelUnit: 2, width: 32, height: 32),
      GeneratorConfiguration(
        classCount: 4, hasUnknownClass: false, hasEdges: true, channelUnit: 2, kernelSize: 5,
        normalization: .instance, upsampling: .more, width: 128, height: 64),
      GeneratorConfiguration(
        classCount: 3, hasUnknownClass: false, hasEdges: false, channelUnit: 2, kernelSize: 1,
        upsampling: .most, width: 128, height: 128, styleCount: 6),
    ])
  func observedTensorsAgree(configuration: GeneratorConfiguration) throws {
    var configuration = configuration
    configuration.hiddenChannelCount = 4
    var random = SplitMix64(seed: 3)
    let generator = random.generator(configuration)
    let labels = random.labels(
      configuration.height, configuration.width, labelCount: configuration.labelCount,
      hasEdges: configuration.hasEdges)
    let style = configuration.styleCount.map { random.floats($0) }
    var order: [Site] = []
    var seen: [Site: Tensor] = [:]
    let reference = Reference(generator)
    let picture = reference.picture(labels: labels, style: style) { site, tensor in
      order.append(site)
      seen[site] = tensor
    }
    #expect(reference.picture(labels: labels, style: style) == picture)
    #expect(order == expectedOrder(generator))

    var input = try #require(seen[.first])
    #expect(input.width == configuration.firstGridWidth && input.height == configuration.firstGridHeight)
    for block in generator.blocks {
      let shape = block.shape
      input = shape.doubles ? input.doubled() : input
      #expect(input.width == shape.width && input.height == shape.height)
      let small = labels.sampled(width: shape.width, height: shape.height)

      var expected = input
      if let (norm, convolution) = block.shortcut {
        let modulated = try check(norm, input: input, labels: small, isActive: false, seen: seen)
        expected = try check(convolution, input: modulated, seen: seen)
      }
      var main = try check(block.norm0, input: input, labels: small, isActive: true, seen: seen)
      main = try check(block.conv0, input: main, seen: seen)
      main = try check(block.norm1, input: main, labels: small, isActive: true, seen: seen)
      expected.add(try check(block.conv1, input: main, seen: seen))
      input = try #require(seen[.block(shape.name)])
      #expect(input == expected)
    }
    input.rectify(slope: 0.2)
    #expect(seen[.modulated("conv_img")] == input)
    let preactivation = try #require(seen[.picture])
    #expect(preactivation == generator.picture.applied(to: input))
    #expect(picture.values == preactivation.values.map { tanh($0) })
  }

  /// The observed output of `convolution`, after comparing it with its definition.
  private func check(
    _ convolution: Convolution, input: Tensor, seen: [Site: Tensor]
  ) throws -> Tensor {
    let output = try #require(seen[.convolution(convolution.name)])
    #expect(output == convolution.applied(to: input))
    return output
  }

  /// The observed output of `layer`, after comparing every tensor on the way with its definition.
  private func check(
    _ layer: SpadeLayer, input: Tensor, labels: LabelMap, isActive: Bool, seen: [Site: Tensor]
  ) throws -> Tensor {
    let labelCount = layer.shared.inputChannelCount - (labels.edges == nil ? 0 : 1)
    var hidden = layer.shared.applied(to: oneHot(labels, labelCount: labelCount))
    hidden.rectify(slope: 0)
    let gamma = layer.gamma.applied(to: hidden)
    let beta = layer.beta.applied(to: hidden)
    let statistics = layer.statistics.map(ChannelStatistics.init) ?? ChannelStatistics(measuring: input)
    let normalized = statistics.normalized(input)
    var output = normalized
    for index in output.values.indices {
      output.values[index] = normalized.values[index] * (1 + gamma.values[index]) + beta.values[index]
    }
    if isActive { output.rectify(slope: 0.2) }
    let pairs: [(Site, Tensor)] = [
      (.hidden(layer.name), hidden), (.gamma(layer.name), gamma), (.beta(layer.name), beta),
      (.normalized(layer.name), normalized), (.modulated(layer.name), output),
    ]
    for (site, expected) in pairs {
      let scale = expected.values.reduce(1) { max($0, abs($1)) }
      #expect(largestDifference(try #require(seen[site]), expected) < 1e-5 * scale, "\(site)")
    }
    return try #require(seen[.modulated(layer.name)])
  }

  private func expectedOrder(_ generator: Generator) -> [Site] {
    func sites(_ norm: String, _ conv: String) -> [Site] {
      [.hidden(norm), .gamma(norm), .beta(norm), .normalized(norm), .modulated(norm), .convolution(conv)]
    }
    let blocks = generator.blocks.flatMap { block in
      (block.shortcut.map { sites($0.norm.name, $0.conv.name) } ?? [])
        + sites(block.norm0.name, block.conv0.name) + sites(block.norm1.name, block.conv1.name)
        + [.block(block.shape.name)]
    }
    return [.first] + blocks + [.modulated("conv_img"), .picture]
  }
}
