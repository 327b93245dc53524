/// One layer of the quantised network.
struct Stage {
  typealias Index = IndexOf<Self>

  var name: String
  var block: String
  /// The block's place in the network; the planner decides block by block which run in bands.
  var blockIndex: Int
  var operation: StageOperation
  /// Tensor read, where it is not the frame's input.
  var input: ActivationTensor.Index?
  /// Tensor written; `nil` for the picture.
  var output: ActivationTensor.Index?
  /// Of the output in pixels.
  var width: Int
  var height: Int
}

/// What a stage does with rows.
enum StageOperation {
  /// The first tensor from the label map.
  case labelFirst(StoredTable.Index)
  /// The first tensor from the style vector.
  case styleFirst(StoredProduct.Index)
  /// Instance norm of a whole tensor.
  case normalize
  /// Wide rows to codes; `shift` 1 reads the input at half resolution.
  case modulate(StoredNorm.Index, shift: Int)
  case convolve(StoredProduct.Index, Residual?)
  case picture(StoredProduct.Index)

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
}
