/// One layer of the quantised network.
struct Stage {
  typealias Index = IndexOf<Self>

  var name: String
  var block: String
  /// The block's place in the network; the planner decides block by block which run in bands.
  var blockIndex: Int
  var operation: StageOperation
  /// Of the output in pixels.
  var width: Int
  var height: Int
}

/// What a stage does with rows.
enum StageOperation {
  /// The first tensor from the label map.
  case labelFirst(StoredTable.Index, output: ActivationTensor.Index)
  /// The first tensor from the style vector.
  case styleFirst(StoredProduct.Index, output: ActivationTensor.Index)
  /// Instance norm of a whole tensor.
  case normalize(input: ActivationTensor.Index, output: ActivationTensor.Index)
  case modulate(Modulation)
  case convolve(Convolution)
  case picture(StoredProduct.Index, input: ActivationTensor.Index)

  /// Wide rows become codes.
  struct Modulation {
    var norm: StoredNorm.Index
    var input: ActivationTensor.Index
    /// 1 reads the input at half resolution.
    var shift: Int
    var output: ActivationTensor.Index
  }

  /// Codes become wide rows.
  struct Convolution {
    var product: StoredProduct.Index
    var input: ActivationTensor.Index
    var output: ActivationTensor.Index
    var residual: Residual?
  }

  /// A wide tensor that a convolution adds to its output.
  struct Residual {
    var tensor: ActivationTensor.Index
    /// 1 reads the tensor at half resolution.
    var shift: Int
    /// Codes of the output that one code of the tensor is worth.
    var scale: Float
    /// The stage that made the rows to add, where the residual lies in the output's own place.
    var stage: Stage.Index?
  }

  /// The tensor read, where it is not the frame's input.
  var input: ActivationTensor.Index? {
    switch self {
    case .labelFirst, .styleFirst: nil
    case .normalize(let input, _), .picture(_, let input): input
    case .modulate(let modulation): modulation.input
    case .convolve(let convolution): convolution.input
    }
  }

  /// The tensor written; `nil` for the picture.
  var output: ActivationTensor.Index? {
    switch self {
    case .labelFirst(_, let output), .styleFirst(_, let output), .normalize(_, let output): output
    case .modulate(let modulation): modulation.output
    case .convolve(let convolution): convolution.output
    case .picture: nil
    }
  }
}
