import SpadeModel

/// The weights of a product in a model file, as whole numbers.
struct StoredWeights {
  let channelCount: Int
  let tapCount: Int
  /// `[columnCount][channelCount][tapCount]`, −127 … 127.
  let codes: [Int8]
  /// `[columnCount]`: in units of the accumulator, without the part of the zero codes.
  let bias: [Float]
  /// `[columnCount]`: codes of the output that one unit is worth.
  let scale: [Float]

  var inputCount: Int { channelCount * tapCount }

  /// - Parameter zero: Of each input channel.
  init(_ product: StoredProduct, of network: QuantizedNetwork, zero: [Int]) {
    channelCount = product.usedDepth
    tapCount = product.kernelSize * product.kernelSize
    scale = network.values(of: Float.self, at: product.scale, count: product.usedColumns)
    let (tapCount, inputCount) = (tapCount, channelCount * tapCount)
    let panelByteCount = ModelFormat.panelByteCount(tapCount: tapCount, depth: product.depth)
    var codes = [Int8](repeating: 0, count: product.usedColumns * inputCount)
    var bias: [Float] = []
    network.weights.bytes.withUnsafeBytes { bytes in
      // Safe: a checked file has whole panels there.
      let panels = UnsafeRawBufferPointer(rebasing: bytes[product.panels.byteOffset...])
      for column in 0..<product.usedColumns {
        let start = column / ModelFormat.panelColumns * panelByteCount
        let lane = column % ModelFormat.panelColumns
        var sum = Int(panels.loadUnaligned(fromByteOffset: start + 4 * lane, as: Int32.self))
        for channel in 0..<product.usedDepth {
          let group = channel / 4 * (ModelFormat.panelColumns * 4) + lane * 4 + channel % 4
          for tap in 0..<tapCount {
            let offset =
              ModelFormat.panelHeaderByteCount + tap * product.depth * ModelFormat.panelColumns + group
            let code = Int8(bitPattern: panels[start + offset])
            codes[column * inputCount + channel * tapCount + tap] = code
            sum += Int(code) * zero[channel]
          }
        }
        bias.append(Float(sum))
      }
    }
    self.codes = codes
    self.bias = bias
  }

  /// Real weights, in the order of the codes.
  /// - Parameters:
  ///   - unit: Real value of one unit of the accumulator, for each column.
  ///   - inputScale: Real value of one input code, for each channel.
  func weights(unit: [Float], inputScale: [Float]) -> [Float] {
    var weights = [Float](repeating: 0, count: codes.count)
    for column in unit.indices {
      for channel in 0..<channelCount {
        let factor = unit[column] / inputScale[channel]
        let first = column * inputCount + channel * tapCount
        for index in first..<first + tapCount { weights[index] = Float(codes[index]) * factor }
      }
    }
    return weights
  }

  /// Real biases.
  func biases(unit: [Float]) -> [Float] { zip(bias, unit).map { $0 * $1 } }
}

extension WeightPlace {
  var byteOffset: Int { blockCount * ModelFormat.alignment }
}

extension QuantizedNetwork {
  /// An array of the weights.
  func values<Element: BitwiseCopyable>(
    of type: Element.Type, at place: WeightPlace, count: Int
  ) -> [Element] {
    weights.bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        bytes.loadUnaligned(fromByteOffset: place.byteOffset + $0 * MemoryLayout<Element>.stride, as: type)
      }
    }
  }
}
