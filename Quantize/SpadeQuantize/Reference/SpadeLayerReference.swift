import SpadeInput

/// A SPADE layer in float32, ready to run.
struct SpadeLayerReference: Sendable {
  private let layer: SpadeLayer
  private let modulation: ModulationReference

  /// What makes γ and β, with the convolution of the label map where activations are hidden.
  private enum ModulationReference {
    case dense(LabelConvolutionReference, DenseModulation)
    case separable(LabelConvolutionReference, SeparableModulation)
    case classTable(ClassTable)
  }

  init(_ layer: SpadeLayer) {
    self.layer = layer
    modulation =
      switch layer.modulation {
      case .dense(let dense): .dense(LabelConvolutionReference(dense.shared), dense)
      case .separable(let separable):
        .separable(LabelConvolutionReference(LabelConvolution(labels: separable.shared)), separable)
      case .classTable(let table): .classTable(table)
      }
  }

  /// `n(input) · (1 + γ) + β`, then `slope` times the values that are not positive.
  ///
  /// - Parameters:
  ///   - input: The layer's channels.
  ///   - labels: The map at the input's size.
  ///   - style: Where it goes along with the labels; zeros if `nil`.
  ///   - slope: 1 for no activation.
  func applied(
    to input: Tensor, labels: LabelMap, style: [Float]?, slope: Float, visit: Reference.Visit?
  ) -> Tensor {
    var affine = affine(labels: labels, style: style, visit: visit)
    visit?(.gamma(layer.name), &affine[0])
    visit?(.beta(layer.name), &affine[1])

    let statistics = layer.statistics.map(ChannelStatistics.init) ?? ChannelStatistics(measuring: input)
    var output = statistics.normalized(input)
    visit?(.normalized(layer.name), &output)
    output.modulate(gamma: affine[0], beta: affine[1], slope: slope)
    if case .classTable(let table) = modulation, let border = table.border {
      output = output.appending(border.channel(of: labels, slope: slope))
    }
    visit?(.modulated(layer.name), &output)
    return output
  }

  /// γ and β.
  private func affine(labels: LabelMap, style: [Float]?, visit: Reference.Visit?) -> [Tensor] {
    switch modulation {
    case .dense(let shared, let dense):
      let hidden = hidden(shared, labels: labels, style: style, visit: visit)
      return Convolution.apply([dense.gamma, dense.beta], to: hidden)
    case .separable(let shared, let separable):
      let hidden = hidden(shared, labels: labels, style: style, visit: visit)
      return separable.affine(of: hidden) { visit?(.features(layer.name), &$0) }
    case .classTable(let table):
      return [
        table.channels(table.weight, of: labels, less: 1), table.channels(table.bias, of: labels, less: 0),
      ]
    }
  }

  private func hidden(
    _ shared: LabelConvolutionReference, labels: LabelMap, style: [Float]?, visit: Reference.Visit?
  ) -> Tensor {
    var hidden = shared.applied(to: labels, style: style)
    hidden.rectify(slope: 0)
    visit?(.hidden(layer.name), &hidden)
    return hidden
  }
}

extension SeparableModulation {
  /// γ and β.
  fileprivate func affine(of hidden: Tensor, visit: (inout Tensor) -> Void) -> [Tensor] {
    let made = gamma.depthwise.appliedDepthwise(to: hidden)
      .appending(beta.depthwise.appliedDepthwise(to: hidden))
    var features = ChannelStatistics(measuring: made).normalized(made)
    visit(&features)
    let half = features.values.count / 2
    return [(gamma.pointwise, features.values[..<half]), (beta.pointwise, features.values[half...])].map {
      (pointwise, own) in
      guard pointwise.inputChannelCount < features.channelCount else {
        return pointwise.applied(to: features)
      }
      return pointwise.applied(
        to: Tensor(
          channelCount: pointwise.inputChannelCount, height: hidden.height, width: hidden.width,
          values: [Float](own)))
    }
  }
}

extension ClassTable {
  /// Each pixel's row of a table.
  /// - Parameter offset: Taken off every value.
  fileprivate func channels(_ rows: [Float], of labels: LabelMap, less offset: Float) -> Tensor {
    let area = labels.width * labels.height
    return Tensor(channelCount: channelCount, height: labels.height, width: labels.width) { output in
      for channel in 0..<channelCount {
        for pixel in 0..<area {
          output[channel * area + pixel] = rows[Int(labels.ids[pixel]) * channelCount + channel] - offset
        }
      }
    }
  }
}

extension ClassTable.Border {
  /// The appended channel, behind a leaky relu.
  fileprivate func channel(of labels: LabelMap, slope: Float) -> Tensor {
    var channel = Tensor(
      channelCount: 1, height: labels.height, width: labels.width,
      values: labels.ids.indices.map { pixel in
        weight * (labels.edges.map { $0[pixel] == 0 ? 0 : 1 } ?? 0) + bias
      })
    channel.rectify(slope: slope)
    return channel
  }
}

extension Convolution {
  /// Each channel's taps over the channel of the same number, with zero padding `kernelSize / 2`.
  func appliedDepthwise(to input: Tensor) -> Tensor {
    var output = Tensor(channels: bias, height: input.height, width: input.width)
    let (width, height, radius) = (input.width, input.height, kernelSize / 2)
    for channel in 0..<input.channelCount {
      for tap in 0..<kernelSize * kernelSize {
        let weight = weight[channel * kernelSize * kernelSize + tap]
        let (down, right) = (tap / kernelSize - radius, tap % kernelSize - radius)
        for y in max(0, -down)..<max(max(0, -down), min(height, height - down)) {
          let from = (channel * height + y + down) * width + right
          let to = (channel * height + y) * width
          for x in max(0, -right)..<max(max(0, -right), min(width, width - right)) {
            output.values[to + x] += weight * input.values[from + x]
          }
        }
      }
    }
    return output
  }
}
