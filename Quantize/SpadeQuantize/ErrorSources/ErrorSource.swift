/// Where the pictures of a model file part from float32.
public enum ErrorSource: String, CaseIterable, Sendable {
  /// Codes end: values beyond them take the last one.
  case clipping
  /// Codes are whole numbers.
  case rounding
  /// Whole weights and biases of the convolutions, and of a style's linear layer.
  case weights
  /// Label tables, what a style adds to them, codes of hidden activations, and codes of features that separable convolutions make of
  /// them.
  case hidden
  /// Whole weights and biases of what makes A and B.
  case affineWeights = "affine_weights"
  /// A and B are whole numbers.
  case affine
  /// Tensors between layers are int16, and so is a style.
  case wide
}
