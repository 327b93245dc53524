import SpadeInput

/// A residual block in float32, ready to run.
struct BlockReference: Sendable {
  private let block: Block
  private let norm0: SpadeLayerReference
  private let norm1: SpadeLayerReference
  private let shortcutNorm: SpadeLayerReference?

  init(_ block: Block) {
    self.block = block
    norm0 = SpadeLayerReference(block.norm0)
    norm1 = SpadeLayerReference(block.norm1)
    shortcutNorm = block.shortcut.map { SpadeLayerReference($0.norm) }
  }

  /// - Parameters:
  ///   - input: The previous block's output, at half the block's size where the block doubles.
  ///   - labels: The map at the picture's size.
  ///   - style: Where it goes along with the labels; zeros if `nil`.
  func applied(to input: Tensor, labels: LabelMap, style: [Float]?, visit: Reference.Visit?) -> Tensor {
    let slope = Generator.negativeSlope
    let input = block.shape.doubles ? input.doubled() : input
    let labels = labels.sampled(width: input.width, height: input.height)

    var shortcut = input
    if let norm = shortcutNorm, let convolution = block.shortcut?.conv {
      let modulated = norm.applied(to: input, labels: labels, style: style, slope: 1, visit: visit)
      shortcut = convolution.applied(to: modulated)
      visit?(.convolution(convolution.name), &shortcut)
    }

    var output = norm0.applied(to: input, labels: labels, style: style, slope: slope, visit: visit)
    output = block.conv0.applied(to: output)
    visit?(.convolution(block.conv0.name), &output)
    output = norm1.applied(to: output, labels: labels, style: style, slope: slope, visit: visit)
    output = block.conv1.applied(to: output)
    visit?(.convolution(block.conv1.name), &output)
    output.add(shortcut)
    visit?(.block(block.shape.name), &output)
    return output
  }
}
