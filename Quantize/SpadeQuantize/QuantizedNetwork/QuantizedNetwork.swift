/// The network in integers: weights and scales are complete, rows and places in the arena still open.
struct QuantizedNetwork {
  var configuration: GeneratorConfiguration
  var tensors = List<ActivationTensor>()
  /// In an order in which each reads only what earlier ones made. The last makes the picture.
  var stages = List<Stage>()
  var levels = List<Level>()
  var tables = List<StoredTable>()
  var products = List<StoredProduct>()
  var norms = List<StoredNorm>()
  var weights = WeightStore()
}

extension QuantizedNetwork {
  /// Residual blocks; the picture's layer stands behind them.
  var blockCount: Int { stages.last?.blockIndex ?? 0 }

  /// The most features of a norm; 0 where none has separable convolutions.
  var featureCount: Int {
    norms.reduce(0) { most, norm in
      guard let windows = norm.windows, windows.features != nil else { return most }
      return max(most, 2 * tables[windows.hidden].channels)
    }
  }

  /// Channels that the picture's convolution reads.
  var pictureChannelCount: Int {
    guard case .picture(let product, _)? = stages.last?.operation else { return 0 }
    return products[product].usedDepth
  }
}

/// A tensor between stages.
struct ActivationTensor: Equatable {
  typealias Index = IndexOf<Self>

  enum Encoding: Equatable {
    /// Int16, real value = code · scale.
    case wide(scale: Float)
    /// Int8, each channel with a scale and a zero point that its writer and its readers have folded in.
    case codes
    /// The same with two bytes for each channel.
    case fineCodes
  }

  var name: String
  var encoding: Encoding
  var width: Int
  var height: Int
  /// Channels that mean something.
  var channelCount: Int

  /// Real value of one code of a wide tensor; 0 for codes.
  var scale: Float {
    if case .wide(let scale) = encoding { scale } else { 0 }
  }
}

/// A resolution at which SPADE layers number the windows of the label map.
struct Level: Equatable {
  typealias Index = IndexOf<Self>

  var width: Int
  var height: Int
  /// The level reads the frame's symbol at (x << shift, y << shift).
  var shift: Int
}
