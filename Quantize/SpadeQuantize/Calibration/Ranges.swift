import SpadeInput

/// What the calibration saw: the intervals that decide every scale, and the moments that weights are rounded by.
public struct Ranges: Sendable {
  /// By norm: the hidden activations, and what γ's and β's convolutions read.
  var hidden: [String: ChannelIntervals] = [:]
  var hiddenMoments: [String: InputMoments] = [:]
  /// By norm with separable convolutions: of their normalised features, which γ's and β's product reads, padded as there.
  var featureMoments: [String: InputMoments] = [:]
  /// By norm: largest magnitude of A and of B of each channel.
  var factor: [String: [Float]] = [:]
  var term: [String: [Float]] = [:]
  /// By norm (and `conv_img`): what the following convolution reads, intervals before the leaky relu.
  var modulated: [String: ChannelIntervals] = [:]
  var modulatedMoments: [String: InputMoments] = [:]
  /// By norm, convolution, block or `first`: largest magnitude of a wide tensor.
  var wide: [String: Float] = [:]
}

extension Ranges {
  /// Nothing seen yet.
  private init(momentsFor generator: Generator) {
    for block in generator.blocks {
      for (layer, convolution) in block.readers {
        switch layer.modulation {
        case .dense(let dense): hiddenMoments[layer.name] = InputMoments(of: dense.gamma, pairs: .all)
        case .separable(let separable):
          let hiddenCount = separable.gamma.depthwise.outputChannelCount
          featureMoments[layer.name] = InputMoments(
            channelCount: 2 * QuantizedFeatures.paddedCount(hiddenCount), kernelSize: 1, pairs: .all)
        case .classTable: break
        }
        modulatedMoments[layer.name] = InputMoments(of: convolution, pairs: .tapsOfChannels)
      }
    }
    modulatedMoments[generator.picture.name] = InputMoments(of: generator.picture, pairs: .tapsOfChannels)
  }

  /// Runs the float32 reference over `maps` and records what it sees.
  /// - Parameters:
  ///   - styles: One style vector a map; empty for a generator without style.
  ///   - progress: Called before each map with its index.
  init(
    generator: Generator, maps: [LabelMap], styles: [[Float]],
    progress: (Int) -> Void = { _ in }
  ) {
    let reference = Reference(generator)
    var layers: [String: SpadeLayer] = [:]
    for block in generator.blocks {
      for layer in block.layers { layers[layer.name] = layer }
    }
    var ranges = Ranges(momentsFor: generator)
    for (index, map) in maps.enumerated() {
      progress(index)
      var gamma: Tensor?
      _ = reference.picture(labels: map, style: styles.isEmpty ? nil : styles[index]) { site, tensor in
        switch site {
        case .first: ranges.includeWide("first", tensor)
        case .hidden(let name): ranges.includeHidden(name, tensor)
        case .features(let name): ranges.featureMoments[name]?.include(tensor.withPaddedFeatures())
        case .gamma: gamma = tensor
        case .beta(let name):
          if let layer = layers[name], let gamma { ranges.includeAffine(layer, gamma: gamma, beta: tensor) }
        case .normalized(let name): ranges.includeWide(name, tensor)
        case .modulated(let name):
          ranges.includeModulated(
            name, tensor, slope: layers[name]?.slope ?? Generator.negativeSlope)
        case .convolution(let name): ranges.includeWide(name, tensor)
        case .block(let name): ranges.includeWide(name, tensor)
        case .picture: break
        }
      }
    }
    self = ranges
  }

  private mutating func includeWide(_ name: String, _ tensor: Tensor) {
    var most = wide[name] ?? 0
    for value in tensor.values { most = max(most, abs(value)) }
    wide[name] = most
  }

  private mutating func includeHidden(_ name: String, _ tensor: Tensor) {
    hidden[name, default: ChannelIntervals(channelCount: tensor.channelCount)].include(tensor)
    hiddenMoments[name]?.include(tensor)
  }

  /// - Parameter slope: Of the leaky relu that made `tensor`.
  private mutating func includeModulated(_ name: String, _ tensor: Tensor, slope: Float) {
    let inverse = 1 / slope
    let none = ChannelIntervals(channelCount: tensor.channelCount)
    var intervals = none
    intervals.include(tensor) { $0 < 0 ? $0 * inverse : $0 }
    modulated[name, default: none].include(intervals)
    modulatedMoments[name]?.include(tensor)
  }

  private mutating func includeAffine(_ layer: SpadeLayer, gamma: Tensor, beta: Tensor) {
    let fold = AffineFold(layer)
    let area = gamma.height * gamma.width
    var factors = factor[layer.name] ?? [Float](repeating: 0, count: layer.channelCount)
    var terms = term[layer.name] ?? factors.map { _ in 0 }
    for channel in 0..<layer.channelCount {
      let scale = fold.inverseDeviation[channel]
      let mean = fold.mean[channel]
      for pixel in (channel * area)..<((channel + 1) * area) {
        let a = (1 + gamma.values[pixel]) * scale
        factors[channel] = max(factors[channel], abs(a))
        terms[channel] = max(terms[channel], abs(beta.values[pixel] - mean * a))
      }
    }
    factor[layer.name] = factors
    term[layer.name] = terms
  }
}

/// The statistics of a SPADE layer that the compiler folds into A and B: n(x) = (x − mean) · inverseDeviation.
///
/// With instance norm they are the picture's own, so nothing is folded: mean 0, deviation 1.
struct AffineFold {
  let mean: [Float]
  let inverseDeviation: [Float]

  init(_ layer: SpadeLayer) {
    if let statistics = layer.statistics {
      mean = statistics.mean
      inverseDeviation = statistics.variance.map { 1 / ($0 + SpadeLayer.epsilon).squareRoot() }
    } else {
      mean = [Float](repeating: 0, count: layer.channelCount)
      inverseDeviation = mean.map { _ in 1 }
    }
  }
}

extension SpadeLayer {
  /// Of the leaky relu behind it: a learned shortcut has none.
  var slope: Float { name.hasSuffix(".norm_s") ? 1 : Generator.negativeSlope }
}

extension Block {
  /// The block's SPADE layers in execution order.
  var layers: [SpadeLayer] { (shortcut.map { [$0.norm] } ?? []) + [norm0, norm1] }
}

extension Block {
  /// The block's SPADE layers and the convolutions that read them, in execution order.
  var readers: [(SpadeLayer, Convolution)] {
    let shortcut = shortcut.map { [($0.norm, $0.conv)] } ?? []
    return shortcut + [(norm0, conv0), (norm1, conv1)]
  }
}
