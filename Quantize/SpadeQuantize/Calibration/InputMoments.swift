import SpadeInput

/// First and second moments of what a product reads: rounding its weights well wants to know which inputs go together.
struct InputMoments: Sendable {
  /// Which pairs of inputs are kept.
  enum Pairs: Sendable {
    /// Taps of one channel; different channels count as independent.
    case tapsOfChannels
    /// All taps of all channels.
    case all
  }

  let channelCount: Int
  let kernelSize: Int
  let pairs: Pairs
  private var count: Float = 0
  /// `[channelCount][tapCount]`.
  private var sums: [Float]
  /// `[block][dimension][dimension]`.
  private var products: [Float]

  /// Pixels of a map that are looked at.
  private static let sampleCount = 512
  /// All pairs are kept for this many inputs at most: 1152 officially.
  private static let pairLimit = 2048

  init(channelCount: Int, kernelSize: Int, pairs: Pairs) {
    let inputCount = channelCount * kernelSize * kernelSize
    self.channelCount = channelCount
    self.kernelSize = kernelSize
    self.pairs = inputCount <= Self.pairLimit ? pairs : .tapsOfChannels
    sums = [Float](repeating: 0, count: inputCount)
    products = []
    products = [Float](repeating: 0, count: inputCount * dimension)
  }

  /// Of what a convolution reads.
  init(of convolution: Convolution, pairs: Pairs) {
    self.init(
      channelCount: convolution.inputChannelCount, kernelSize: convolution.kernelSize, pairs: pairs)
  }

  /// Of inputs with mean 0, all channels alike.
  /// - Parameter products: `[tapCount][tapCount]`, of two taps of a channel.
  init(ofTaps products: [Float], channelCount: Int, kernelSize: Int) {
    self.init(channelCount: channelCount, kernelSize: kernelSize, pairs: .tapsOfChannels)
    count = 1
    self.products = (0..<channelCount).flatMap { _ in products }
  }

  private var tapCount: Int { kernelSize * kernelSize }
  private var inputCount: Int { channelCount * tapCount }
  /// Inputs whose pairs with each other are kept.
  var dimension: Int { pairs == .all ? inputCount : tapCount }

  /// Mean of an input, taps of a channel side by side.
  func mean(_ input: Int) -> Float { sums[input] / max(count, 1) }

  /// `[dimension][dimension]`: means of products of the inputs from `first` on.
  func block(from first: Int) -> [Float] {
    products[first * dimension..<(first + dimension) * dimension].map { $0 / max(count, 1) }
  }

  /// Looks at some of the pixels of a tensor, spread by a random order that is the same everywhere.
  mutating func include(_ tensor: Tensor) {
    let samples = self.samples(of: tensor)
    let sampleCount = samples.count / inputCount
    count += Float(sampleCount)
    for sample in 0..<sampleCount {
      for input in 0..<inputCount { sums[input] += samples[sample * inputCount + input] }
    }
    switch pairs {
    case .tapsOfChannels: includeTapPairs(samples, sampleCount)
    case .all:
      var transposed = [Float](repeating: 0, count: samples.count)
      for sample in 0..<sampleCount {
        for input in 0..<inputCount {
          transposed[input * sampleCount + sample] = samples[sample * inputCount + input]
        }
      }
      OpenBLAS.multiplyAdd(
        rows: inputCount, columns: inputCount, depth: sampleCount, transposed, samples, into: &products)
    }
  }

  private mutating func includeTapPairs(_ samples: [Float], _ sampleCount: Int) {
    let taps = tapCount
    for sample in 0..<sampleCount {
      for channel in 0..<channelCount {
        let from = sample * inputCount + channel * taps
        let to = channel * taps * taps
        for first in 0..<taps {
          let value = samples[from + first]
          for second in 0..<taps { products[to + first * taps + second] += value * samples[from + second] }
        }
      }
    }
  }

  /// `[pixel][channelCount][tapCount]`, zero outside the tensor.
  private func samples(of tensor: Tensor) -> [Float] {
    let padding = kernelSize / 2
    let stride = max(1, tensor.planeCount / Self.sampleCount)
    var random = SplitMix64(seed: UInt64(tensor.planeCount))
    var samples: [Float] = []
    samples.reserveCapacity(min(tensor.planeCount, 2 * Self.sampleCount) * inputCount)
    for start in Swift.stride(from: 0, through: tensor.planeCount - stride, by: stride) {
      let pixel = start + random.integer(in: 0...stride - 1)
      let (y, x) = (pixel / tensor.width, pixel % tensor.width)
      for channel in 0..<channelCount {
        for row in (y - padding)...(y + padding) {
          for column in (x - padding)...(x + padding) {
            let inside = row >= 0 && row < tensor.height && column >= 0 && column < tensor.width
            samples.append(inside ? tensor[channel, row, column] : 0)
          }
        }
      }
    }
    return samples
  }
}
