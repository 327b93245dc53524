import SpadeModel

/// γ and β of a SPADE layer as one product over hidden activations, giving A and B of y = x · A + B.
///
/// With n(x) = (x − mean) / deviation: A = (1 + γ) / deviation and B = β − mean · A. Both are linear in the hidden
/// activations, so the statistics fold into the weights.
struct QuantizedAffine {
  let product: QuantizedProduct
  /// `[2 · channels]`: accumulator units to codes of A and B, interleaved.
  let columnScale: [Float]
  /// `[channelCount]`: real value of one code of A.
  let factorScale: [Float]
  /// The modulation computes x · A + biasFactor · B on codes, so a code of B is worth biasFactor · inputScale ·
  /// factorScale.
  let biasFactor: Int

  /// How far beyond the largest A or B seen their int16 codes reach.
  static let headroom: Float = 2

  /// - Parameters:
  ///   - hiddenUnit: Real value of one unit of the label table's sums, for each hidden channel.
  ///   - inputScale: Real value of one code of x.
  ///   - largestFactor, largestTerm: Largest magnitude of A and of B seen, for each channel.
  ///   - inputs: Moments of the hidden activations.
  init(
    _ layer: SpadeLayer, _ dense: DenseModulation, hiddenUnit: [Float], inputScale: Float,
    largestFactor: [Float]?,
    largestTerm: [Float]?, inputs: InputMoments?
  ) throws(ValueTooLarge) {
    try self.init(
      RealProduct(affine: layer, dense, hiddenUnit: hiddenUnit, inputs: inputs), inputScale: inputScale,
      largestFactor: largestFactor, largestTerm: largestTerm)
  }

  /// - Parameter real: Columns A₀, B₀, A₁, B₁, …
  init(
    _ real: RealProduct, inputScale: Float, largestFactor: [Float]?, largestTerm: [Float]?
  ) throws(ValueTooLarge) {
    let count = real.columnCount / 2
    let channels = ModelFormat.padded(count, to: ModelFormat.channelBlock)
    product = try QuantizedProduct(real, paddedColumnCount: 2 * channels)

    let factors = largestFactor ?? [Float](repeating: 1, count: count)
    let terms = largestTerm ?? [Float](repeating: 1, count: count)
    let reach = 32767 / Self.headroom
    var scales = factors.map { max($0 / reach, 1e-9) }
    // Large enough for B of most channels at the precision A asks for; the others give up precision of A.
    let needs = (0..<count).map { terms[$0] / (reach * inputScale * scales[$0]) }.sorted()
    biasFactor = Int(max(1, min(32767, (needs[count * 3 / 4] * 1.25).rounded(.up))))
    for channel in 0..<count {
      scales[channel] = max(scales[channel], terms[channel] / (reach * inputScale * Float(biasFactor)))
      let unitA = product.unit[2 * channel]
      let unitB = product.unit[2 * channel + 1]
      // Conversions to codes never enlarge by more than the runtime's bound.
      scales[channel] = try ValueTooLarge.check(
        max(scales[channel], 2 * unitA, 2 * unitB / (inputScale * Float(biasFactor))))
    }
    factorScale = scales

    var columns = [Float](repeating: 0, count: product.unit.count)
    for channel in 0..<count {
      columns[2 * channel] = min(product.unit[2 * channel] / scales[channel], 0.5)
      let termScale = Float(biasFactor) * inputScale * scales[channel]
      columns[2 * channel + 1] = min(product.unit[2 * channel + 1] / termScale, 0.5)
    }
    columnScale = columns
  }
}

extension RealProduct {
  /// Columns A₀, B₀, A₁, B₁, … over hidden codes −128 … 127 that stand for 0 … 255.
  /// - Parameter hiddenUnit: As `QuantizedAffine` has it; a hidden code is worth 32 of them.
  init(affine layer: SpadeLayer, _ dense: DenseModulation, hiddenUnit: [Float], inputs: InputMoments?) {
    let fold = AffineFold(layer)
    let count = layer.channelCount
    let row = dense.gamma.inputChannelCount * dense.gamma.kernelSize * dense.gamma.kernelSize
    var weight = [Float](repeating: 0, count: 2 * count * row)
    var bias = [Float](repeating: 0, count: 2 * count)
    weight.withUnsafeMutableBufferPointer { weight in
      for channel in 0..<count {
        let scale = fold.inverseDeviation[channel]
        let shift = fold.mean[channel] * scale
        for position in 0..<row {
          let gamma = dense.gamma.weight[channel * row + position]
          weight[2 * channel * row + position] = gamma * scale
          weight[(2 * channel + 1) * row + position] =
            dense.beta.weight[channel * row + position] - gamma * shift
        }
        let one = 1 + dense.gamma.bias[channel]
        bias[2 * channel] = one * scale
        bias[2 * channel + 1] = dense.beta.bias[channel] - one * shift
      }
    }
    self.init(
      columnCount: 2 * count, channelCount: dense.gamma.inputChannelCount, kernelSize: dense.gamma.kernelSize,
      weight: weight, bias: bias, inputScale: hiddenUnit.map { $0 * 32 },
      inputZero: [Int](repeating: -128, count: hiddenUnit.count), inputs: inputs)
  }
}
