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
  func applied(
    to input: Tensor, labels: LabelMap, slope: Float, observe: ((Site, Tensor) -> Void)?
  ) -> Tensor {
    var hidden = shared.applied(to: labels)
    hidden.rectify(slope: 0)
    observe?(.hidden(layer.name), hidden)

    let affine = Convolution.apply([layer.gamma, layer.beta], to: hidden)
    observe?(.gamma(layer.name), affine[0])
    observe?(.beta(layer.name), affine[1])

    let statistics = layer.statistics.map(ChannelStatistics.init) ?? ChannelStatistics(measuring: input)
    observe?(.normalized(layer.name), statistics.normalized(input))

    let output = statistics.modulated(input, gamma: affine[0], beta: affine[1], slope: slope)
    observe?(.modulated(layer.name), output)
    return output
  }
}
