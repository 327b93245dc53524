import SpadeModel

/// SPADE layers of a model file with separable convolutions, in real numbers.
extension QuantizedNetwork {
  /// A layer with or without features.
  /// - Parameter pixelCount: Of the layer's map.
  func layer(
    _ windows: StoredNorm.Windows, like original: SpadeLayer, inputScale: Float, biasFactor: Int,
    pixelCount: Int
  ) throws(UnfamiliarModel) -> RoundedLayer {
    let (table, index) = (windows.hidden, windows.affine)
    guard let features = windows.features else {
      return try layer(table, index, like: original, inputScale: inputScale, biasFactor: biasFactor)
    }
    guard case .separable(var separable) = original.modulation else { throw UnfamiliarModel() }
    let hiddenCount = separable.gamma.depthwise.outputChannelCount
    var product = products[index]
    guard product.usedDepth == hiddenCount, product.usedColumns == 2 * original.channelCount,
      separable.gamma.depthwise.kernelSize == tables[table].kernelSize
    else { throw UnfamiliarModel() }
    // Columns read features of both, in all of its channels.
    product.usedDepth = product.depth
    let shared = try convolution(table, like: separable.shared) { _ in nil }
    let stored = StoredFeatures(features, tables[table], of: self)
    let real = RealProduct(
      affine: original, separable, featureCount: product.depth,
      codeUnit: QuantizedFeatures.codeUnit(pixelCount: pixelCount), inputs: nil)
    let affine = affine(product, like: original, real, inputScale: inputScale, biasFactor: biasFactor)
    separable.shared = shared.convolution
    separable.gamma = stored.rounded(separable.gamma, affine.gamma, part: 0)
    separable.beta = stored.rounded(separable.beta, affine.beta, part: 1)
    var layer = original
    layer.modulation = .separable(separable)
    return RoundedLayer(layer: layer, tableUnit: shared.unit, grid: affine.grid)
  }
}

/// The features of a norm in a model file.
private struct StoredFeatures {
  private let hiddenCount: Int
  private let tapCount: Int
  /// `[taps][features]`.
  private let weights: [Int16]

  init(_ place: WeightPlace, _ table: StoredTable, of network: QuantizedNetwork) {
    hiddenCount = table.channels
    tapCount = table.kernelSize * table.kernelSize
    let layout = FeatureLayout(hiddenCount: hiddenCount, tapCount: tapCount)
    weights = network.values(of: Int16.self, at: place, count: tapCount * layout.count)
  }

  /// - Parameters:
  ///   - columns: Over features of both parts, padded.
  ///   - part: 0 for γ, 1 for β.
  func rounded(_ original: SeparableConvolution, _ columns: RealColumns, part: Int) -> SeparableConvolution {
    var rounded = original
    let used = original.depthwise.outputChannelCount
    for channel in 0..<used {
      var estimate = UnitEstimate()
      func code(_ tap: Int) -> Int {
        Int(weights[tap * 2 * hiddenCount + part * hiddenCount + channel])
      }
      for tap in 0..<tapCount {
        estimate.add(original.depthwise.weight[channel * tapCount + tap], code: code(tap))
      }
      let unit = Float(estimate.unit ?? 1)
      for tap in 0..<tapCount {
        rounded.depthwise.weight[channel * tapCount + tap] = Float(code(tap)) * unit
      }
    }
    rounded.pointwise.inputChannelCount = 2 * used
    rounded.pointwise.bias = columns.bias
    rounded.pointwise.weight = stride(from: 0, to: columns.weight.count, by: hiddenCount).flatMap {
      columns.weight[$0..<$0 + used]
    }
    return rounded
  }
}
