import SpadeModel

/// A convolution of the label map whose rows lie in the weights.
struct StoredTable: Equatable {
  typealias Index = IndexOf<Self>

  var rows: WeightPlace
  var bias: WeightPlace
  /// Padded.
  var channels: Int
  var kernelSize: Int
  /// A convolution of the style that goes along with the labels: it has the bias, and the table none.
  var style: StoredProduct.Index?
}

/// A product whose panels lie in the weights.
struct StoredProduct: Equatable {
  typealias Index = IndexOf<Self>

  var name: String
  var panels: WeightPlace
  /// One for each column, padding included.
  var scale: WeightPlace
  var panelCount: Int
  var kernelSize: Int
  /// Input channels of a tap, padded.
  var depth: Int
  /// Input channels and output columns that mean something.
  var usedDepth: Int
  var usedColumns: Int

  var columnCount: Int { panelCount * ModelFormat.panelColumns }
}

/// An affine map of wide rows and an activation, which make codes.
struct StoredNorm: Equatable {
  typealias Index = IndexOf<Self>

  /// Where A and B come from.
  enum Source: Equatable {
    /// From the windows of a level.
    case windows(Windows)
    /// The same at every pixel: `Int16[channels][2]`.
    case constant(WeightPlace)
    /// Each symbol has its own: `Int16[symbols][channels][2]`.
    case symbols(WeightPlace)
  }

  /// Label map → hidden activations → A and B.
  struct Windows: Equatable {
    var level: Level.Index
    var hidden: StoredTable.Index
    var affine: StoredProduct.Index
    /// With separable convolutions the product reads features of the activations, which lie as a `FeatureLayout` says. Their
    /// statistics over the map come first.
    var features: WeightPlace?
  }

  var name: String
  var source: Source
  /// Padded.
  var channels: Int
  var scale: WeightPlace
  var zeroPoint: WeightPlace
  /// What B is multiplied with; 1 … 32767.
  var biasFactor: Int
  /// Leaky relu's slope, or 1.
  var slope: Float
  /// Whether it makes fine codes.
  var isFine = false

  var isConstant: Bool {
    if case .constant = source { true } else { false }
  }

  var windows: Windows? {
    if case .windows(let windows) = source { windows } else { nil }
  }

  var level: Level.Index? { windows?.level }
}
