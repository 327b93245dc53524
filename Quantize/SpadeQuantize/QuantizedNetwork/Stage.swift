/// One layer of the quantised network.
struct Stage {
  var name: String
  var block: String
  /// The block's place in the network; the planner decides block by block which run in bands.
  var blockIndex: Int
  var operation: StageOperation
  /// Tensor read, where it is not the frame's input.
  var input: TensorIndex?
  /// Tensor written; `nil` for the picture.
  var output: TensorIndex?
  /// Of the output in pixels.
  var width: Int
  var height: Int
}

typealias StageIndex = IndexOf<Stage>

/// What a stage does with rows.
enum StageOperation {
  /// The first tensor from the label map.
  case labelFirst(TableIndex)
  /// The first tensor from the style vector.
  case styleFirst(ProductIndex)
  /// Instance norm of a whole tensor.
  case normalize
  /// Wide rows to codes; `shift` 1 reads the input at half resolution.
  case modulate(NormIndex, shift: Int)
  case convolve(ProductIndex, Residual?)
  case picture(ProductIndex)

  /// A wide tensor that a convolution adds to its output.
  struct Residual {
    var tensor: TensorIndex
    /// 1 reads the tensor at half resolution.
    var shift: Int
    /// Codes of the output that one code of the tensor is worth.
    var scale: Float
    /// The stage that made the rows to add, where the residual lies in the output's own place.
    var stage: StageIndex?
  }
}
