import Glibc
import SpadeInput

/// The generator in float32: the answer that the compiled network approximates.
///
/// Source: Park et al., "Semantic Image Synthesis with Spatially-Adaptive Normalization", CVPR 2019, at inference.
public struct Reference: Sendable {
  /// Looks at a tensor on its way, and may change it.
  public typealias Visit = (Site, inout Tensor) -> Void

  private let generator: Generator
  /// `nil` where a linear layer makes the first tensor of the style.
  private let first: LabelConvolutionReference?
  private let blocks: [BlockReference]

  /// - Precondition: The weights have the shapes of the configuration.
  public init(_ generator: Generator) {
    self.generator = generator
    let layer = LabelConvolution(labels: generator.first, style: generator.firstStyle)
    first = generator.configuration.hasStyleLayer ? nil : LabelConvolutionReference(layer)
    blocks = generator.blocks.map(BlockReference.init)
  }

  /// Paints a label map.
  ///
  /// - Parameters:
  ///   - labels: At picture size, ids below `labelCount`, with edges exactly when the configuration has them.
  ///   - style: `styleCount` values for a generator with a style input, where `nil` stands for zeros: the
  ///     middle of the prior. Ignored by other generators.
  ///   - visit: Called in execution order with each tensor, which it may keep, or change for everything behind.
  /// - Returns: Shape `[3, height, width]`, values in `-1...1`.
  public func picture(
    labels: LabelMap, style: [Float]? = nil, visit: Visit? = nil
  ) -> Tensor {
    let configuration = generator.configuration
    precondition(labels.width == configuration.width && labels.height == configuration.height)

    var activation = firstGrid(labels: labels, style: style)
    visit?(.first, &activation)
    for block in blocks {
      activation = block.applied(to: activation, labels: labels, style: style, visit: visit)
    }
    activation.rectify(slope: Generator.negativeSlope)
    visit?(.modulated(generator.picture.name), &activation)
    var picture = generator.picture.applied(to: activation)
    visit?(.picture, &picture)
    picture.values.withUnsafeMutableBufferPointer { values in
      for index in 0..<values.count { values[index] = tanh(values[index]) }
    }
    return picture
  }

  private func firstGrid(labels: LabelMap, style: [Float]?) -> Tensor {
    let width = generator.configuration.firstGridWidth
    let height = generator.configuration.firstGridHeight
    if let first { return first.applied(to: labels.sampled(width: width, height: height), style: style) }

    let style = style ?? [Float](repeating: 0, count: generator.first.inputChannelCount)
    let input = Tensor(channelCount: style.count, height: 1, width: 1, values: style)
    return generator.first.applied(to: input)
      .reshaped(
        channelCount: generator.first.outputChannelCount / (width * height), height: height, width: width)
  }
}
