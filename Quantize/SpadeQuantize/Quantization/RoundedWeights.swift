import SpadeModel

/// The weights of a product as whole numbers −127 … 127, in a unit for each column.
struct RoundedWeights {
  let tapCount: Int
  let columnCount: Int
  /// `[channelCount][tapCount][columnCount]`.
  private(set) var codes: [Int8]
  /// `[columnCount]`: real value of one unit of the accumulator.
  private(set) var unit: [Float]
  /// `[columnCount]`: in units, without the part of the zero codes.
  private(set) var bias: [Int]

  /// With moments of the inputs, what one weight's rounding errs goes into the next ones, and the mean of what then remains
  /// into the bias; without, each weight is rounded to the nearest code.
  /// - Throws: Where a bias is not finite, or the sum of a column's weights, each times its input's scale.
  init(_ real: RealProduct) throws(ValueTooLarge) {
    tapCount = real.tapCount
    columnCount = real.columnCount
    unit = []
    bias = []
    codes = [Int8](repeating: 0, count: real.inputCount * real.columnCount)
    for column in 0..<columnCount { unit.append(try Self.unit(column, real)) }
    var columns = Array(0..<columnCount)
    while !columns.isEmpty {
      round(real, columns)
      // Fed-back errors may take a column beyond the bound that its unit was made for.
      columns = real.hasTiles ? columnsBeyondBound(among: columns) : []
      for column in columns { unit[column] *= 1.01 }
    }
    let missing = real.inputs.map { missingMeans(real, $0) }
    for column in 0..<columnCount {
      let code = (real.bias[column] + (missing?[column] ?? 0)) / unit[column]
      // Also where activations were too large for their moments.
      bias.append(Int(max(-0x1p30, min(0x1p30, code.rounded(.toNearestOrEven)))))
    }
  }

  /// The real value of one unit of a column's accumulator.
  private static func unit(_ column: Int, _ real: RealProduct) throws(ValueTooLarge) -> Float {
    let taps = real.tapCount
    let start = column * real.inputCount
    let bias = abs(real.bias[column])
    var most: Float = 0
    var total: Float = 0
    // Of 128 channels.
    var chunk: Float = 0
    var largestChunk: Float = 0
    real.weight.withUnsafeBufferPointer { weight in
      for channel in 0..<real.channelCount {
        let scale = abs(real.inputScale[channel])
        var channelTotal: Float = 0
        for tap in 0..<taps {
          let magnitude = abs(weight[start + channel * taps + tap]) * scale
          most = max(most, magnitude)
          channelTotal += magnitude
        }
        if channel % ModelFormat.winogradDepth == 0 { chunk = 0 }
        chunk += channelTotal
        largestChunk = max(largestChunk, chunk)
        total += channelTotal
      }
    }
    guard total.isFinite, bias.isFinite else { throw ValueTooLarge() }
    // The second bound keeps the bias exact in float32 where a column has next to no weights.
    let unit = max(most / 127, bias / Float(1 << 22), Float.leastNormalMagnitude * 1024)
    // Rounding adds half a unit per weight at most.
    let limit = Float(ModelFormat.winogradWeightSum - ModelFormat.winogradDepth * taps)
    return real.hasTiles ? max(unit, largestChunk / limit) : unit
  }

  /// Makes the codes of some columns.
  private mutating func round(_ real: RealProduct, _ columns: [Int]) {
    let dimension = real.inputs?.dimension ?? tapCount
    var weights = [Float](repeating: 0, count: dimension * columns.count)
    for first in stride(from: 0, to: real.inputCount, by: dimension) {
      for input in 0..<dimension {
        let scale = real.inputScale[(first + input) / tapCount]
        for (index, column) in columns.enumerated() {
          // Finite, so that a weight of zero stays zero.
          let factor = min(scale / unit[column], .greatestFiniteMagnitude)
          weights[input * columns.count + index] =
            real.weight[column * real.inputCount + first + input] * factor
        }
      }
      if let inputs = real.inputs {
        ErrorFeedback(moments: moments(inputs, real, first), dimension: dimension)
          .round(&weights, columnCount: columns.count)
      }
      for input in 0..<dimension {
        for (index, column) in columns.enumerated() {
          let code = weights[input * columns.count + index].rounded(.toNearestOrEven)
          codes[(first + input) * columnCount + column] = Int8(max(-127, min(127, code)))
        }
      }
    }
  }

  /// Second moments of the inputs from `first` on, in their codes.
  private func moments(_ inputs: InputMoments, _ real: RealProduct, _ first: Int) -> [Float] {
    var moments = inputs.block(from: first)
    let dimension = inputs.dimension
    let scales = (0..<dimension).map { real.inputScale[(first + $0) / tapCount] }
    for row in 0..<dimension {
      for column in 0..<dimension { moments[row * dimension + column] /= scales[row] * scales[column] }
    }
    return moments
  }

  private func columnsBeyondBound(among columns: [Int]) -> [Int] {
    let chunkCount = ModelFormat.winogradDepth * tapCount * columnCount
    var largest = [Int](repeating: 0, count: columnCount)
    for start in stride(from: 0, to: codes.count, by: chunkCount) {
      var sums = [Int](repeating: 0, count: columnCount)
      for row in stride(from: start, to: min(start + chunkCount, codes.count), by: columnCount) {
        for column in 0..<columnCount { sums[column] += abs(Int(codes[row + column])) }
      }
      for column in 0..<columnCount { largest[column] = max(largest[column], sums[column]) }
    }
    return columns.filter { largest[$0] > ModelFormat.winogradWeightSum }
  }

  /// What the codes of each column make too little of, at the mean of the inputs.
  private func missingMeans(_ real: RealProduct, _ inputs: InputMoments) -> [Float] {
    let means = (0..<real.inputCount).map { Double(inputs.mean($0)) }
    var made = [Double](repeating: 0, count: columnCount)
    for input in 0..<real.inputCount {
      let mean = means[input] / Double(real.inputScale[input / tapCount])
      for column in 0..<columnCount { made[column] += Double(codes[input * columnCount + column]) * mean }
    }
    return (0..<columnCount).map { column in
      let row = column * real.inputCount
      var wanted = 0.0
      for input in 0..<real.inputCount { wanted += Double(real.weight[row + input]) * means[input] }
      return Float(wanted - made[column] * Double(unit[column]))
    }
  }
}

extension RealProduct {
  /// Whether a set may run it in tiles: then the sums of its columns are bounded.
  fileprivate var hasTiles: Bool { kernelSize == 3 && channelCount <= ModelFormat.winogradDepthLimit }
}
