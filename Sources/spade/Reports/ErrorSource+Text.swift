import SpadeQuantize

extension ErrorSource {
  /// In a table's head.
  var title: String {
    switch self {
    case .clipping: "clipping"
    case .rounding: "rounding"
    case .weights: "weights"
    case .hidden: "hidden"
    case .affineWeights: "γβ weights"
    case .affine: "A and B"
    case .wide: "wide"
    }
  }

  /// What it is.
  var explanation: String {
    switch self {
    case .clipping: "values beyond the codes"
    case .rounding: "codes are whole numbers"
    case .weights: "int8 weights of the convolutions"
    case .hidden: "hidden activations, 8 bits"
    case .affineWeights: "int8 weights of γ and β"
    case .affine: "A and B as int16"
    case .wide: "int16 tensors between layers"
    }
  }
}

extension ErrorStudy.Trial {
  var title: String {
    switch self {
    case .all: "all"
    case .alone(let source): "\(source.title) alone"
    case .without(let source): "without \(source.title)"
    }
  }
}
