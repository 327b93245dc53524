import SpadeModel

/// Layers of a model file in real numbers, next to those of the checkpoint that it was made from.
extension QuantizedNetwork {
  /// A convolution of codes.
  /// - Parameter outputScale: Real value of one code of the output.
  func convolution(
    _ index: StoredProduct.Index, like original: Convolution, input: CodeScales,
    outputScale: Float
  ) throws(UnfamiliarModel) -> Convolution {
    let product = products[index]
    guard product.matches(original, columnCount: original.outputChannelCount),
      input.scale.count == original.inputChannelCount
    else { throw UnfamiliarModel() }
    let stored = StoredWeights(product, of: self, zero: input.zero)
    let unit = stored.scale.map { $0 * outputScale }
    var rounded = original
    rounded.weight = stored.weights(unit: unit, inputScale: input.scale)
    rounded.bias = stored.biases(unit: unit)
    return rounded
  }

  /// The linear layer that reads a style. The checkpoint lists its outputs channel by channel, the file pixel by pixel.
  func styleLayer(
    _ index: StoredProduct.Index, like original: Convolution, pixelCount: Int,
    _ outputScale: Float
  ) throws(UnfamiliarModel) -> Convolution {
    let product = products[index]
    let channelCount = original.outputChannelCount / pixelCount
    // The product has no other padding than that of each pixel.
    let padded = product.columnCount / pixelCount
    guard product.kernelSize == 1, product.usedDepth == original.inputChannelCount, padded >= channelCount,
      product.columnCount >= pixelCount * padded
    else { throw UnfamiliarModel() }
    var columns = product
    columns.usedColumns = pixelCount * padded
    let count = product.usedDepth
    let stored = StoredWeights(columns, of: self, zero: [Int](repeating: 0, count: count))
    let unit = stored.scale.map { $0 * outputScale }
    let weights = stored.weights(
      unit: unit, inputScale: [Float](repeating: 1 / ModelFormat.styleScale, count: count))
    let biases = stored.biases(unit: unit)
    var rounded = original
    for channel in 0..<channelCount {
      for pixel in 0..<pixelCount {
        let (target, source) = (channel * pixelCount + pixel, pixel * padded + channel)
        rounded.bias[target] = biases[source]
        for input in 0..<count { rounded.weight[target * count + input] = weights[source * count + input] }
      }
    }
    return rounded
  }

  /// A convolution of the label map, and of the style where it goes along.
  /// - Parameter known: As below.
  func convolution(
    _ index: StoredTable.Index, like original: LabelConvolution, unit known: (Int) -> Float?
  ) throws(UnfamiliarModel) -> (convolution: LabelConvolution, unit: [Float]) {
    let (labels, units) = try convolution(index, like: original.labels, unit: known)
    var rounded = LabelConvolution(labels: labels, style: original.style)
    guard let style = original.style else {
      guard tables[index].style == nil else { throw UnfamiliarModel() }
      return (rounded, units)
    }
    guard let product = tables[index].style.map({ products[$0] }),
      product.matches(style, columnCount: style.outputChannelCount)
    else { throw UnfamiliarModel() }
    let zero = [Int](repeating: 0, count: product.usedDepth)
    let stored = StoredWeights(product, of: self, zero: zero)
    let unit = zip(stored.scale, units).map { $0 * $1 }
    rounded.style?.weight = stored.weights(
      unit: unit, inputScale: zero.map { _ in 1 / ModelFormat.styleScale })
    rounded.labels.bias = stored.biases(unit: unit)
    return (rounded, units)
  }

  /// A convolution of the label map.
  /// - Parameter known: Real value of one unit of a channel, where the file says it.
  /// - Returns: The layer, and real values of one unit of the channels.
  func convolution(
    _ index: StoredTable.Index, like original: Convolution, unit known: (Int) -> Float?
  ) throws(UnfamiliarModel) -> (convolution: Convolution, unit: [Float]) {
    let table = tables[index]
    let tapCount = table.kernelSize * table.kernelSize
    let inputs = original.inputChannelCount
    guard table.kernelSize == original.kernelSize, table.channels >= original.outputChannelCount else {
      throw UnfamiliarModel()
    }
    let labelCount = inputs - (configuration.hasEdges ? 1 : 0)
    let rows = values(of: Int16.self, at: table.rows, count: tapCount * inputs * table.channels)
    let bias = values(of: Int16.self, at: table.bias, count: original.outputChannelCount)
    var rounded = original
    var units: [Float] = []
    for channel in 0..<original.outputChannelCount {
      func code(_ input: Int, _ tap: Int) -> Int16 {
        let row = input < labelCount ? tap * labelCount + input : tapCount * labelCount + tap
        return rows[row * table.channels + channel]
      }
      var estimate = UnitEstimate()
      // A style that goes along with the labels has the bias instead.
      if table.style == nil { estimate.add(original.bias[channel], code: Int(bias[channel])) }
      let first = channel * inputs * tapCount
      for index in 0..<inputs * tapCount {
        estimate.add(original.weight[first + index], code: Int(code(index / tapCount, index % tapCount)))
      }
      let unit = known(channel) ?? estimate.unit.map { Float($0) } ?? 1
      for index in 0..<inputs * tapCount {
        rounded.weight[first + index] = Float(code(index / tapCount, index % tapCount)) * unit
      }
      if table.style == nil { rounded.bias[channel] = Float(bias[channel]) * unit }
      units.append(unit)
    }
    return (rounded, units)
  }

  /// What codes a norm makes.
  /// - Parameters:
  ///   - inputScale: Real value of one code of its input.
  ///   - factorScale: Real value of one code of A, for each channel.
  func codes(_ norm: StoredNorm, inputScale: Float, factorScale: [Float]) -> CodeScales {
    let scale = values(of: Float.self, at: norm.scale, count: factorScale.count)
    let zero = values(of: Float.self, at: norm.zeroPoint, count: factorScale.count)
    return CodeScales(
      isFine: norm.isFine,
      scale: factorScale.indices.map { channel in
        scale[channel] > 0 ? inputScale * factorScale[channel] / scale[channel] : 1
      }, zero: zero.map { Int($0) })
  }
}

extension StoredProduct {
  func matches(_ convolution: Convolution, columnCount: Int) -> Bool {
    kernelSize == convolution.kernelSize && usedDepth == convolution.inputChannelCount
      && usedColumns == columnCount
  }
}
