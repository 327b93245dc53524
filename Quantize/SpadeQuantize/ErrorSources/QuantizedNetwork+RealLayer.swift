/// A SPADE layer of a model file in real numbers.
struct RoundedLayer {
  var layer: SpadeLayer
  /// Real value of one unit of the label table, for each hidden channel.
  var tableUnit: [Float]
  var grid: AffineGrid
}

extension QuantizedNetwork {
  /// - Parameters:
  ///   - inputScale: Real value of one code of x in x · A + biasFactor · B.
  func layer(
    _ table: StoredTable.Index, _ index: StoredProduct.Index, like original: SpadeLayer, inputScale: Float,
    biasFactor: Int
  ) throws(UnfamiliarModel) -> RoundedLayer {
    guard case .dense(var dense) = original.modulation else { throw UnfamiliarModel() }
    guard products[index].matches(dense.gamma, columnCount: 2 * original.channelCount) else {
      throw UnfamiliarModel()
    }
    let shared = try convolution(table, like: dense.shared) { _ in nil }
    let real = RealProduct(affine: original, dense, hiddenUnit: shared.unit, inputs: nil)
    let affine = affine(
      products[index], like: original, real, inputScale: inputScale, biasFactor: biasFactor)
    dense.shared = shared.convolution
    (dense.gamma.weight, dense.gamma.bias) = (affine.gamma.weight, affine.gamma.bias)
    (dense.beta.weight, dense.beta.bias) = (affine.beta.weight, affine.beta.bias)
    var layer = original
    layer.modulation = .dense(dense)
    return RoundedLayer(layer: layer, tableUnit: shared.unit, grid: affine.grid)
  }

  /// γ and β of a product that makes A and B, and what A and B are rounded to.
  func affine(
    _ product: StoredProduct, like original: SpadeLayer, _ real: RealProduct, inputScale: Float,
    biasFactor: Int
  ) -> (gamma: RealColumns, beta: RealColumns, grid: AffineGrid) {
    let stored = StoredWeights(product, of: self, zero: real.inputZero)
    let termFactor = Float(biasFactor) * inputScale
    let factorScale = (0..<original.channelCount).map { channel in
      stored.factorScale(channel, real, termFactor: termFactor)
    }
    let grid = AffineGrid(
      fold: AffineFold(original), factorScale: factorScale, termScale: factorScale.map { $0 * termFactor })

    let unit = (0..<2 * original.channelCount).map { (column: Int) -> Float in
      let scales = column % 2 == 0 ? grid.factorScale : grid.termScale
      return stored.scale[column] * scales[column / 2]
    }
    let weights = stored.weights(unit: unit, inputScale: real.inputScale)
    let biases = stored.biases(unit: unit)
    let row = stored.inputCount
    var (gamma, beta) = (RealColumns(), RealColumns())
    for channel in 0..<original.channelCount {
      let (mean, deviation) = (grid.fold.mean[channel], 1 / grid.fold.inverseDeviation[channel])
      let (a, b) = (2 * channel, 2 * channel + 1)
      for index in 0..<row {
        gamma.weight.append(weights[a * row + index] * deviation)
        beta.weight.append(weights[b * row + index] + mean * weights[a * row + index])
      }
      gamma.bias.append(biases[a] * deviation - 1)
      beta.bias.append(biases[b] + mean * biases[a])
    }
    return (gamma, beta, grid)
  }
}

/// Weights and biases of γ's or β's columns.
struct RealColumns {
  var weight: [Float] = []
  var bias: [Float] = []
}

extension QuantizedNetwork {
  /// Real value of one code of A, for each channel that a class-adaptive layer makes.
  func factorScale(
    _ norm: StoredNorm, _ place: WeightPlace, like layer: SpadeLayer, _ table: ClassTable, inputScale: Float
  ) -> [Float] {
    let real = RealClassTable(layer, table)
    let count = layer.outputChannelCount
    let symbolCount = real.factor.count / count
    let codes = values(of: Int16.self, at: place, count: symbolCount * norm.channels * 2)
    return (0..<count).map { channel in
      var (factor, term) = (UnitEstimate(), UnitEstimate())
      for symbol in 0..<symbolCount {
        let index = 2 * (symbol * norm.channels + channel)
        factor.add(real.factor[symbol * count + channel], code: Int(codes[index]))
        term.add(real.term[symbol * count + channel], code: Int(codes[index + 1]))
      }
      let perTerm = Double(norm.biasFactor) * Double(inputScale)
      let estimates = (
        (unit: factor.unit, codes: factor.codes), (unit: term.unit.map { $0 / perTerm }, codes: term.codes)
      )
      return Float(UnitEstimate.mean(estimates.0, estimates.1) ?? 1)
    }
  }
}

extension StoredWeights {
  /// The real value of one code of A: columns of A and of B each tell it.
  /// - Parameter termFactor: A code of B is worth so many codes of A.
  fileprivate func factorScale(_ channel: Int, _ real: RealProduct, termFactor: Float) -> Float {
    let estimates = [0, 1].map { part in
      let column = 2 * channel + part
      var estimate = UnitEstimate()
      for index in 0..<inputCount {
        let value = real.weight[column * inputCount + index] * real.inputScale[index / tapCount]
        estimate.add(value, code: Int(codes[column * inputCount + index]))
      }
      // Only the bias tells where all weights are zero.
      if estimate.codes == 0 { estimate.add(real.bias[column], code: Int(bias[column])) }
      let perCode = Double(scale[column]) * Double(part == 0 ? 1 : termFactor)
      return (unit: perCode > 0 ? estimate.unit.map { $0 / perCode } : nil, codes: estimate.codes)
    }
    return Float(UnitEstimate.mean(estimates[0], estimates[1]) ?? 1)
  }
}
