import SpadeInput

/// A SPADE layer in float32, ready to run.
struct SpadeLayerReference: Sendable {
  private let layer: SpadeLayer
  private let shared: LabelTable

  init(_ layer: SpadeLayer) {
    self.layer = layer
    shared = LabelTable(layer.shared)
  }

  /// `n(input) · (1 + γ) + β`, then `slope` times the values that are not positive.
  ///
  /// - Parameters:
  ///   - input: The layer's channels.
  ///   - labels: The map at the input's size.
  ///   - slope: 1 for no activation.
  func applied(to input: Tensor, labels: LabelMap, slope: Float, visit: Reference.Visit?) -> Tensor {
    var hidden = shared.applied(to: labels)
    hidden.rectify(slope: 0)
    visit?(.hidden(layer.name), &hidden)

    var affine = Convolution.apply([layer.gamma, layer.beta], to: hidden)
    visit?(.gamma(layer.name), &affine[0])
    visit?(.beta(layer.name), &affine[1])

    let statistics = layer.statistics.map(ChannelStatistics.init) ?? ChannelStatistics(measuring: input)
    var output = statistics.normalized(input)
    visit?(.normalized(layer.name), &output)
    output.modulate(gamma: affine[0], beta: affine[1], slope: slope)
    visit?(.modulated(layer.name), &output)
    return output
  }
}
