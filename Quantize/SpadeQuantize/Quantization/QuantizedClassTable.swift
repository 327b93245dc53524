import SpadeModel

/// The rows of a class-adaptive layer as A and B of y = x · A + B, for each symbol of the label map.
///
/// With n(x) = (x − mean) / deviation: A = weight / deviation and B = bias − mean · A. The channel that instance borders append
/// has no x: A is 0 and B its value.
struct QuantizedClassTable {
  /// `[symbols][channels][2]`: A, then B; channels padded. With borders a symbol is label · 2 + border, else the label.
  let rows: [Int16]
  /// `[channelCount]`: real value of one code of A, for each channel that is made.
  let factorScale: [Float]
  /// What B is multiplied with: a code of B is worth biasFactor · inputScale · factorScale.
  let biasFactor: Int

  /// - Parameter inputScale: Real value of one code of x.
  init(_ layer: SpadeLayer, _ table: ClassTable, inputScale: Float) throws(ValueTooLarge) {
    let real = RealClassTable(layer, table)
    let count = layer.outputChannelCount
    let channels = ModelFormat.padded(count, to: ModelFormat.channelBlock)
    var (factors, terms) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    for index in real.factor.indices {
      factors[index % count] = max(factors[index % count], abs(real.factor[index]))
      terms[index % count] = max(terms[index % count], abs(real.term[index]))
    }
    var scales = factors.map { max($0 / 32767, 1e-9) }
    // Large enough for B of most channels at the precision A asks for; the others give up precision of A.
    let needs = (0..<layer.channelCount).map { terms[$0] / (32767 * inputScale * scales[$0]) }.sorted()
    let biasFactor = Int(max(1, min(32767, (needs[needs.count * 3 / 4] * 1.25).rounded(.up))))
    for channel in 0..<count {
      let term = terms[channel] / (32767 * inputScale * Float(biasFactor))
      scales[channel] = try ValueTooLarge.check(max(scales[channel], term))
    }
    var rows = [Int16](repeating: 0, count: real.factor.count / count * channels * 2)
    for index in real.factor.indices {
      let (symbol, channel) = index.quotientAndRemainder(dividingBy: count)
      let place = 2 * (symbol * channels + channel)
      rows[place] = Self.code(real.factor[index], scales[channel])
      rows[place + 1] = Self.code(real.term[index], scales[channel] * Float(biasFactor) * inputScale)
    }
    self.rows = rows
    factorScale = scales
    self.biasFactor = biasFactor
  }

  private static func code(_ value: Float, _ scale: Float) -> Int16 {
    Int16(max(-32767, min(32767, (value / scale).rounded(.toNearestOrEven))))
  }
}

/// A and B of a class-adaptive layer in real numbers.
struct RealClassTable {
  /// `[symbols][channelCount]`, an appended channel last.
  private(set) var factor: [Float] = []
  private(set) var term: [Float] = []

  init(_ layer: SpadeLayer, _ table: ClassTable) {
    let fold = AffineFold(layer)
    for label in 0..<table.weight.count / table.channelCount {
      var (factors, terms) = ([Float](), [Float]())
      for channel in 0..<table.channelCount {
        let index = label * table.channelCount + channel
        factors.append(table.weight[index] * fold.inverseDeviation[channel])
        terms.append(table.bias[index] - fold.mean[channel] * factors[channel])
      }
      guard let border = table.border else {
        (factor, term) = (factor + factors, term + terms)
        continue
      }
      for value in [border.bias, border.weight + border.bias] {
        factor += factors + [0]
        term += terms + [value]
      }
    }
  }
}
