import SpadeInput

/// What the calibration saw: the intervals that decide every scale.
public struct Ranges: Sendable {
  /// Smallest and largest value of each channel; zero is always inside.
  public struct Interval: Sendable {
    private(set) var low: [Float]
    private(set) var high: [Float]
    /// Values seen a channel, their sums and sums of squares.
    private var count = 0
    private var sum: [Double]
    private var squares: [Double]

    init(channelCount: Int) {
      low = [Float](repeating: 0, count: channelCount)
      high = low
      sum = [Double](repeating: 0, count: channelCount)
      squares = sum
    }

    /// The interval, reaching at least `deviations` standard deviations from the mean where it reaches at all. At low
    /// resolutions the calibration sees few values of a channel, and other maps go beyond them.
    func widened(_ deviations: Double) -> Interval {
      var result = self
      for channel in low.indices {
        let mean = sum[channel] / Double(max(count, 1))
        let deviation = max(squares[channel] / Double(max(count, 1)) - mean * mean, 0).squareRoot()
        let reach = deviations * deviation
        if high[channel] > 0 { result.high[channel] = max(high[channel], Float(mean + reach)) }
        if low[channel] < 0 { result.low[channel] = min(low[channel], Float(mean - reach)) }
      }
      return result
    }

    mutating func include(_ tensor: Tensor, transform: (Float) -> Float = { $0 }) {
      let area = tensor.height * tensor.width
      count += area
      tensor.values.withUnsafeBufferPointer { values in
        for channel in 0..<tensor.channelCount {
          var least = low[channel]
          var most = high[channel]
          var total = 0.0
          var totalSquares = 0.0
          for value in values[(channel * area)..<((channel + 1) * area)] {
            let value = transform(value)
            least = min(least, value)
            most = max(most, value)
            total += Double(value)
            totalSquares += Double(value * value)
          }
          sum[channel] += total
          squares[channel] += totalSquares
          low[channel] = least
          high[channel] = most
        }
      }
    }
  }

  /// By norm: the hidden activations.
  var hidden: [String: Interval] = [:]
  /// By norm: largest magnitude of A and of B of each channel.
  var factor: [String: [Float]] = [:]
  var term: [String: [Float]] = [:]
  /// By norm (and `picture`): what the following convolution reads.
  var modulated: [String: Interval] = [:]
  /// By norm, convolution, block or `first`: largest magnitude of a wide tensor.
  var wide: [String: Float] = [:]
}

extension Ranges {
  /// Runs the float32 reference over `maps` and records what it sees.
  /// - Parameters:
  ///   - styles: One style vector a map; empty for a generator without style.
  ///   - progress: Called before each map with its index.
  init(generator: Generator, maps: [LabelMap], styles: [[Float]], progress: (Int) -> Void = { _ in }) {
    let reference = Reference(generator)
    var layers: [String: SpadeLayer] = [:]
    for block in generator.blocks {
      for layer in block.layers { layers[layer.name] = layer }
    }
    var ranges = Ranges()
    for (index, map) in maps.enumerated() {
      progress(index)
      var gamma: Tensor?
      var last: Tensor?
      _ = reference.picture(labels: map, style: styles.isEmpty ? nil : styles[index]) { site, tensor in
        switch site {
        case .first: ranges.includeWide("first", tensor)
        case .hidden(let name): ranges.includeHidden(name, tensor)
        case .gamma: gamma = tensor
        case .beta(let name):
          if let layer = layers[name], let gamma { ranges.includeAffine(layer, gamma: gamma, beta: tensor) }
        case .normalized(let name): ranges.includeWide(name, tensor)
        case .modulated(let name): ranges.includeModulated(name, tensor)
        case .convolution(let name): ranges.includeWide(name, tensor)
        case .block(let name):
          ranges.includeWide(name, tensor)
          last = tensor
        case .picture: break
        }
      }
      if let last {
        ranges.includeModulated("picture", last) { $0 < 0 ? $0 * Generator.negativeSlope : $0 }
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
    hidden[name, default: Interval(channelCount: tensor.channelCount)].include(tensor)
  }

  private mutating func includeModulated(
    _ name: String, _ tensor: Tensor, transform: (Float) -> Float = { $0 }
  ) {
    modulated[name, default: Interval(channelCount: tensor.channelCount)].include(
      tensor, transform: transform)
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

extension Block {
  /// The block's SPADE layers in execution order.
  var layers: [SpadeLayer] { (shortcut.map { [$0.norm] } ?? []) + [norm0, norm1] }
}
