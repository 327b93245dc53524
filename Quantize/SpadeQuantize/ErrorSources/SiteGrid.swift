/// What a model file rounds the tensor of a site to.
enum SiteGrid {
  /// Int16 codes of this real value.
  case wide(scale: Float)
  /// Codes 0 … 255 of a SPADE layer's hidden activations; each is worth 32 units of the label table.
  case hidden(tableUnit: [Float])
  /// γ, as codes of A.
  case gamma(AffineGrid)
  /// β, as codes of B.
  case beta(AffineGrid)
  case codes(CodeScales)
  /// Normalised features of γ and β: codes of this real value, none of which is beyond the last.
  case features(unit: Float)

  /// Int16 as the runtime clips it.
  static func rounded(_ value: Float, scale: Float) -> Float {
    max(-32767, min(32767, value / scale)).rounded(.toNearestOrEven) * scale
  }
}

/// A and B of y = x · A + B as int16, by channel.
struct AffineGrid {
  var fold: AffineFold
  /// Real value of one code of A and of B.
  var factorScale: [Float]
  var termScale: [Float]

  /// γ whose A are those of the nearest codes.
  func roundFactors(_ gamma: inout Tensor) {
    let area = gamma.planeCount
    gamma.values.withUnsafeMutableBufferPointer { gamma in
      for channel in factorScale.indices {
        for index in channel * area..<(channel + 1) * area {
          gamma[index] = factor(gamma[index], channel).rounded / fold.inverseDeviation[channel] - 1
        }
      }
    }
  }

  /// β whose B are those of the nearest codes.
  /// - Parameter gamma: Before its factors were rounded: B is made beside A, not from it.
  func roundTerms(_ beta: inout Tensor, gamma: Tensor) {
    let area = beta.planeCount
    beta.values.withUnsafeMutableBufferPointer { beta in
      gamma.values.withUnsafeBufferPointer { gamma in
        for channel in termScale.indices {
          let mean = fold.mean[channel]
          for index in channel * area..<(channel + 1) * area {
            let factor = factor(gamma[index], channel)
            let term = SiteGrid.rounded(beta[index] - mean * factor.exact, scale: termScale[channel])
            beta[index] = term + mean * factor.rounded
          }
        }
      }
    }
  }

  private func factor(_ gamma: Float, _ channel: Int) -> (exact: Float, rounded: Float) {
    let exact = (1 + gamma) * fold.inverseDeviation[channel]
    return (exact, SiteGrid.rounded(exact, scale: factorScale[channel]))
  }
}

extension Tensor {
  /// Rounds to int16 codes.
  mutating func roundWide(scale: Float) {
    values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] = SiteGrid.rounded(values[index], scale: scale) }
    }
  }

  /// Rounds to codes without end.
  mutating func roundCodes(unit: Float) {
    values.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] = (values[index] / unit).rounded(.toNearestOrEven) * unit }
    }
  }

  /// Rounds hidden activations to their codes.
  /// - Parameter tableUnit: Real value of one unit of the label table, for each channel.
  mutating func roundHidden(tableUnit: [Float]) {
    let area = planeCount
    values.withUnsafeMutableBufferPointer { values in
      for channel in tableUnit.indices {
        let unit = tableUnit[channel]
        for index in channel * area..<(channel + 1) * area {
          // A sum of the table is whole; a float that stands for it is nearly so.
          let sum = (values[index] / unit).rounded(.toNearestOrEven)
          values[index] = min(255, ((sum + 16) / 32).rounded(.down)) * 32 * unit
        }
      }
    }
  }
}
