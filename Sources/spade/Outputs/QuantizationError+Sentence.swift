import SpadeQuantize

extension QuantizationError {
  /// What is wrong and what to do, after the path of the checkpoint.
  var sentence: String {
    switch self {
    case .valuesTooLarge(let tensor, let largest):
      "The values of the layer of tensor '\(brief(tensor))', which reaches \(largest), are too large to quantise; give a "
        + "checkpoint whose training did not diverge."
    }
  }
}
