import SpadeModel

/// A linear map in real numbers, ready to become weight panels.
struct RealProduct {
  /// Output columns that mean something.
  var columnCount: Int
  /// Input channels that mean something.
  var channelCount: Int
  /// Side of the kernel.
  var kernelSize: Int
  /// `[columnCount][channelCount][kernelSize²]`.
  var weight: [Float]
  /// `[columnCount]`.
  var bias: [Float]
  /// `[channelCount]`: real value of one input code, and the code of 0.0.
  var inputScale: [Float]
  var inputZero: [Int]

  var tapCount: Int { kernelSize * kernelSize }
}

/// Weight panels and what one unit of their accumulators is worth.
struct QuantizedProduct {
  var panels: [UInt8]
  var panelCount: Int
  /// Input channels of a tap, padded.
  var depth: Int
  /// `[panelCount · 16]`: real value of one unit of the accumulator; 0 for padding.
  var unit: [Float]

  /// Symmetric int8 weights per output column, codes −127 … 127, the input's scales and zero codes folded in.
  /// - Parameter paddedColumnCount: Columns the panels have room for, where that is more than the next multiple of 16.
  init(_ real: RealProduct, paddedColumnCount: Int = 0) {
    let block = ModelFormat.panelColumns
    let taps = real.tapCount
    depth = ModelFormat.padded(real.channelCount, to: ModelFormat.channelBlock)
    panelCount = (max(real.columnCount, paddedColumnCount) + block - 1) / block
    unit = [Float](repeating: 0, count: panelCount * block)
    let panelByteCount = ModelFormat.panelByteCount(tapCount: taps, depth: depth)
    panels = [UInt8](repeating: 0, count: panelCount * panelByteCount)

    let depth = depth
    panels.withUnsafeMutableBytes { panels in
      unit.withUnsafeMutableBufferPointer { unit in
        real.weight.withUnsafeBufferPointer { weight in
          for column in 0..<real.columnCount {
            let panel = panels.baseAddress! + column / block * panelByteCount
            unit[column] = Self.quantize(
              column, real, weight: weight, depth: depth, into: panel, lane: column % block)
          }
        }
      }
    }
  }

  /// Writes one column into its lane of a panel.
  /// - Returns: The column's unit.
  private static func quantize(
    _ column: Int, _ real: RealProduct, weight: UnsafeBufferPointer<Float>, depth: Int,
    into panel: UnsafeMutableRawPointer, lane: Int
  ) -> Float {
    let taps = real.tapCount
    let row = column * real.channelCount * taps
    var most: Float = 0
    var total: Float = 0
    for channel in 0..<real.channelCount {
      let scale = abs(real.inputScale[channel])
      var channelTotal: Float = 0
      for tap in 0..<taps {
        let magnitude = abs(weight[row + channel * taps + tap]) * scale
        most = max(most, magnitude)
        channelTotal += magnitude
      }
      total += channelTotal
    }
    // The second bound keeps the bias exact in float32 where a column has next to no weights.
    var unit = max(most / 127, abs(real.bias[column]) / Float(1 << 22), Float.leastNormalMagnitude * 1024)
    if real.kernelSize == 3, real.channelCount <= ModelFormat.winogradDepthLimit {
      // Rounding adds half a unit a weight at most.
      unit = max(unit, total / Float(ModelFormat.winogradWeightSum - real.channelCount * taps))
    }
    let weights = (panel + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: Int8.self)
    var sum = 0
    var offsetSum = 0
    for channel in 0..<real.channelCount {
      let factor = real.inputScale[channel] / unit
      let group = channel / 4 * (ModelFormat.panelColumns * 4) + lane * 4 + channel % 4
      var channelSum = 0
      for tap in 0..<taps {
        let code = Int((weight[row + channel * taps + tap] * factor).rounded(.toNearestOrEven))
        let clipped = max(-127, min(127, code))
        weights[tap * depth * ModelFormat.panelColumns + group] = Int8(clipped)
        channelSum += clipped
      }
      sum += channelSum
      offsetSum += channelSum * real.inputZero[channel]
    }
    let bias = Int((real.bias[column] / unit).rounded(.toNearestOrEven)) - offsetSum
    let biases = panel.assumingMemoryBound(to: Int32.self)
    biases[lane] = Int32(clamping: bias)
    biases[ModelFormat.panelColumns + lane] = Int32(clamping: bias - 128 * sum)
    return unit
  }
}
