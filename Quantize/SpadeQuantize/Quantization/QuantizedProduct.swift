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
    let rounded = try RoundedWeights(real)
    unit = rounded.unit.padded(to: panelCount * block)
    let panelByteCount = ModelFormat.panelByteCount(tapCount: real.tapCount, depth: depth)
    panels = [UInt8](repeating: 0, count: panelCount * panelByteCount)

    let depth = depth
    panels.withUnsafeMutableBytes { panels in
      guard let base = panels.baseAddress else { return }
      for column in 0..<real.columnCount {
        // Safe: the panels hold whole blocks of columns.
        let panel = base + column / block * panelByteCount
        rounded.write(column, zero: real.inputZero, into: panel, lane: column % block, depth: depth)
      }
    }
  }
}

extension RoundedWeights {
  /// Writes a column into its lane of a panel.
  /// - Parameters:
  ///   - zero: Of each input channel.
  ///   - depth: Input channels, padded.
  fileprivate func write(
    _ column: Int, zero: [Int], into panel: UnsafeMutableRawPointer, lane: Int, depth: Int
  ) {
    let weights = (panel + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: Int8.self)
    var sum = 0
    var offsetSum = 0
    for channel in zero.indices {
      let group = channel / 4 * (ModelFormat.panelColumns * 4) + lane * 4 + channel % 4
      var channelSum = 0
      for tap in 0..<tapCount {
        let code = codes[(channel * tapCount + tap) * columnCount + column]
        weights[tap * depth * ModelFormat.panelColumns + group] = code
        channelSum += Int(code)
      }
      sum += channelSum
      offsetSum += channelSum * zero[channel]
    }
    let bias = self.bias[column] - offsetSum
    let biases = panel.assumingMemoryBound(to: Int32.self)
    biases[lane] = Int32(clamping: bias)
    biases[ModelFormat.panelColumns + lane] = Int32(clamping: bias - 128 * sum)
  }
}
