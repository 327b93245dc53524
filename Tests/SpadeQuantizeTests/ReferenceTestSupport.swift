import SpadeInput

@testable import SpadeQuantize

extension SplitMix64 {
  /// Values in `-1 ..< 1`.
  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(real(in: -1..<1)) }
  }

  mutating func tensor(_ channelCount: Int, _ height: Int, _ width: Int) -> Tensor {
    Tensor(
      channelCount: channelCount, height: height, width: width, values: floats(channelCount * height * width))
  }

  mutating func convolution(_ name: String, _ input: Int, _ output: Int, _ kernelSize: Int) -> Convolution {
    Convolution(
      name: name, outputChannelCount: output, inputChannelCount: input, kernelSize: kernelSize,
      weight: floats(output * input * kernelSize * kernelSize), bias: floats(output))
  }

  mutating func labels(_ height: Int, _ width: Int, labelCount: Int, hasEdges: Bool) -> LabelMap {
    LabelMap(
      width: width, height: height,
      ids: (0..<width * height).map { _ in UInt16(integer(in: 0...labelCount - 1)) },
      edges: hasEdges ? (0..<width * height).map { _ in UInt8(integer(in: 0...1)) } : nil)
  }

  mutating func spadeLayer(
    _ name: String, _ channelCount: Int, configuration: GeneratorConfiguration
  ) -> SpadeLayer {
    let hidden = configuration.hiddenChannelCount
    let kernelSize = configuration.kernelSize
    return SpadeLayer(
      name: name, shared: convolution(name, configuration.inputChannelCount, hidden, kernelSize),
      gamma: convolution(name, hidden, channelCount, kernelSize),
      beta: convolution(name, hidden, channelCount, kernelSize),
      statistics: configuration.normalization == .instance
        ? nil : .init(mean: floats(channelCount), variance: floats(channelCount).map { $0 + 1.5 }))
  }

  mutating func generator(_ configuration: GeneratorConfiguration) -> Generator {
    let grid = 16 * configuration.channelUnit
    let first =
      if let styleCount = configuration.styleCount {
        convolution("fc", styleCount, grid * configuration.firstGridWidth * configuration.firstGridHeight, 1)
      } else {
        convolution("fc", configuration.inputChannelCount, grid, 3)
      }
    var blocks: [Block] = []
    for shape in configuration.blocks {
      let (input, middle, output) =
        (shape.inputChannelCount, shape.middleChannelCount, shape.outputChannelCount)
      let name = shape.name
      blocks.append(
        Block(
          shape: shape, norm0: spadeLayer("\(name).norm_0", input, configuration: configuration),
          conv0: convolution("\(name).conv_0", input, middle, 3),
          norm1: spadeLayer("\(name).norm_1", middle, configuration: configuration),
          conv1: convolution("\(name).conv_1", middle, output, 3),
          shortcut: shape.hasLearnedShortcut
            ? (
              spadeLayer("\(name).norm_s", input, configuration: configuration),
              convolution("\(name).conv_s", input, output, 1)
            ) : nil))
    }
    return Generator(
      configuration: configuration, first: first, blocks: blocks,
      picture: convolution("conv_img", configuration.lastChannelCount, 3, 3))
  }
}

/// The definition: a sum over input channels and taps, in float64.
func naiveConvolution(_ convolution: Convolution, _ input: Tensor, stride: Int = 1) -> Tensor {
  let size = convolution.kernelSize
  let padding = size / 2
  let height = (input.height + 2 * padding - size) / stride + 1
  let width = (input.width + 2 * padding - size) / stride + 1
  var values: [Float] = []
  for output in 0..<convolution.outputChannelCount {
    for y in 0..<height {
      for x in 0..<width {
        var sum = Double(convolution.bias[output])
        for channel in 0..<input.channelCount {
          for tap in 0..<size * size {
            let inputY = y * stride + tap / size - padding
            let inputX = x * stride + tap % size - padding
            guard 0..<input.height ~= inputY, 0..<input.width ~= inputX else { continue }
            let weight = convolution.weight[(output * input.channelCount + channel) * size * size + tap]
            sum += Double(weight) * Double(input[channel, inputY, inputX])
          }
        }
        values.append(Float(sum))
      }
    }
  }
  return Tensor(
    channelCount: convolution.outputChannelCount, height: height, width: width, values: values)
}

/// The tensor that the reference never builds.
func oneHot(_ labels: LabelMap, labelCount: Int) -> Tensor {
  let channelCount = labelCount + (labels.edges == nil ? 0 : 1)
  var tensor = Tensor(
    channels: [Float](repeating: 0, count: channelCount), height: labels.height, width: labels.width)
  for y in 0..<labels.height {
    for x in 0..<labels.width {
      let pixel = y * labels.width + x
      tensor[Int(labels.ids[pixel]), y, x] = 1
      if let edges = labels.edges { tensor[labelCount, y, x] = Float(edges[pixel]) }
    }
  }
  return tensor
}

/// The largest absolute difference; infinite where the shapes differ.
func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  guard a.channelCount == b.channelCount, a.height == b.height, a.width == b.width else { return .infinity }
  return zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// The parts of a layer of SPADE itself.
extension SpadeLayer {
  var dense: DenseModulation {
    get {
      guard case .dense(let dense) = modulation else { preconditionFailure("a layer of another kind") }
      return dense
    }
    set { modulation = .dense(newValue) }
  }
  var shared: Convolution {
    get { dense.shared.labels }
    set { dense.shared.labels = newValue }
  }
  var gamma: Convolution {
    get { dense.gamma }
    set { dense.gamma = newValue }
  }
  var beta: Convolution {
    get { dense.beta }
    set { dense.beta = newValue }
  }
}
