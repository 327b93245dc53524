import SpadeModel

/// Weight panels and what one unit of their accumulators is worth.
struct QuantizedProduct {
  /// As FORMAT.md draws them: biases for signed and for unsigned codes, then `[tap][depth / 4][16][4]` weights.
  var panels: [UInt8]
  var panelCount: Int
  /// Input channels of a tap, padded.
  var depth: Int
  /// `[panelCount · 16]`: real value of one unit of the accumulator; 0 for padding.
  var unit: [Float]

  /// Symmetric int8 weights per output column, codes −127 … 127, the input's scales and zero codes folded in.
  /// - Parameter paddedColumnCount: Columns the panels have room for, where that is more than the next multiple of 16.
  /// - Throws: Where a bias is not finite, or the sum of a column's weights, each times its input's scale.
  init(_ real: RealProduct, paddedColumnCount: Int = 0) throws(ValueTooLarge) {
    let block = ModelFormat.panelColumns
    depth = ModelFormat.padded(real.channelCount, to: ModelFormat.channelBlock)
    panelCount = (max(real.columnCount, paddedColumnCount) + block - 1) / block
    unit = [Float](repeating: 0, count: panelCount * block)
    let panelByteCount = ModelFormat.panelByteCount(tapCount: real.tapCount, depth: depth)
    panels = [UInt8](repeating: 0, count: panelCount * panelByteCount)

    for index in 0..<real.columnCount {
      let column = RealColumn(real, index)
      guard column.total.isFinite, column.bias.isFinite else { throw ValueTooLarge() }
      unit[index] = column.unit
      panels.withUnsafeMutableBytes { panels in
        // Safe: the panels hold whole blocks of columns.
        let panel = panels.baseAddress! + index / block * panelByteCount
        column.quantize(into: panel, lane: index % block, depth: depth)
      }
    }
  }
}

/// One output column of a product.
private struct RealColumn {
  private let product: RealProduct
  /// Where the column's weights begin.
  private let start: Int
  let bias: Float
  /// Σ |weight · input scale|.
  let total: Float
  /// Real value of one unit of the accumulator.
  let unit: Float

  init(_ product: RealProduct, _ index: Int) {
    self.product = product
    start = index * product.channelCount * product.tapCount
    bias = product.bias[index]
    let magnitudes = Self.magnitudes(product, start)
    total = magnitudes.total
    // The second bound keeps the bias exact in float32 where a column has next to no weights.
    var unit = max(
      magnitudes.most / 127, abs(bias) / Float(1 << 22), Float.leastNormalMagnitude * 1024)
    if product.kernelSize == 3, product.channelCount <= ModelFormat.winogradDepthLimit {
      // Rounding adds half a unit per weight at most.
      let weightCount = product.channelCount * product.tapCount
      unit = max(unit, total / Float(ModelFormat.winogradWeightSum - weightCount))
    }
    self.unit = unit
  }

  /// The largest |weight · input scale| of the column at `start`, and their sum.
  private static func magnitudes(_ product: RealProduct, _ start: Int) -> (most: Float, total: Float) {
    let taps = product.tapCount
    var most: Float = 0
    var total: Float = 0
    product.weight.withUnsafeBufferPointer { weight in
      for channel in 0..<product.channelCount {
        let scale = abs(product.inputScale[channel])
        var channelTotal: Float = 0
        for tap in 0..<taps {
          let magnitude = abs(weight[start + channel * taps + tap]) * scale
          most = max(most, magnitude)
          channelTotal += magnitude
        }
        total += channelTotal
      }
    }
    return (most, total)
  }

  /// Writes the column into its lane of a panel.
  func quantize(into panel: UnsafeMutableRawPointer, lane: Int, depth: Int) {
    let taps = product.tapCount
    let weights = (panel + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: Int8.self)
    var sum = 0
    var offsetSum = 0
    product.weight.withUnsafeBufferPointer { weight in
      for channel in 0..<product.channelCount {
        // Finite, so that a weight of zero stays zero.
        let factor = min(product.inputScale[channel] / unit, .greatestFiniteMagnitude)
        let group = channel / 4 * (ModelFormat.panelColumns * 4) + lane * 4 + channel % 4
        var channelSum = 0
        for tap in 0..<taps {
          let code = (weight[start + channel * taps + tap] * factor).rounded(.toNearestOrEven)
          let clipped = Int(max(-127, min(127, code)))
          weights[tap * depth * ModelFormat.panelColumns + group] = Int8(clipped)
          channelSum += clipped
        }
        sum += channelSum
        offsetSum += channelSum * product.inputZero[channel]
      }
    }
    let code = Int((bias / unit).rounded(.toNearestOrEven)) - offsetSum
    let biases = panel.assumingMemoryBound(to: Int32.self)
    biases[lane] = Int32(clamping: code)
    biases[ModelFormat.panelColumns + lane] = Int32(clamping: code - 128 * sum)
  }
}
