import SpadeModel

/// Why a network cannot be quantised.
public enum QuantizationError: Error, Equatable, Sendable {
  /// What a layer makes has no scale that a model file can hold. `tensor` is the layer's tensor with the largest value,
  /// and `largest` that value's magnitude.
  case valuesTooLarge(tensor: String, largest: Float)
}

/// A number that no scale of a model file can stand for.
struct ValueTooLarge: Error {
  /// `scale`, what one code is worth, where a file may hold it; not negative.
  static func check(_ scale: Float) throws(ValueTooLarge) -> Float {
    // Also where `scale` is not a number.
    guard scale <= ModelFormat.normalizeScales.upperBound else { throw ValueTooLarge() }
    return scale
  }
}

/// A tensor of the checkpoint: its name and its values.
typealias NamedTensor = (name: String, values: [Float])

extension QuantizationError {
  /// What `body` returns, which quantises the layer that `tensors` belong to.
  static func naming<Result>(
    _ tensors: [NamedTensor], _ body: () throws(ValueTooLarge) -> Result
  ) throws(QuantizationError) -> Result {
    do { return try body() } catch { throw tooLarge(tensors) }
  }

  private static func tooLarge(_ tensors: [NamedTensor]) -> QuantizationError {
    var worst: (tensor: String, largest: Float) = ("", -1)
    for tensor in tensors {
      let largest = tensor.values.reduce(0) { max($0, abs($1)) }
      if largest > worst.largest { worst = (tensor.name, largest) }
    }
    return .valuesTooLarge(tensor: worst.tensor, largest: worst.largest)
  }
}

extension Convolution {
  var namedTensors: [NamedTensor] { [("\(name).weight", weight), ("\(name).bias", bias)] }
}

extension SpadeLayer {
  var namedTensors: [NamedTensor] {
    var tensors = modulation.namedTensors(name)
    if let statistics {
      tensors.append(("\(name).\(statistics.name).running_mean", statistics.mean))
      tensors.append(("\(name).\(statistics.name).running_var", statistics.variance))
    }
    return tensors
  }
}

extension Modulation {
  fileprivate func namedTensors(_ layer: String) -> [NamedTensor] {
    switch self {
    case .dense(let dense):
      dense.shared.namedTensors + dense.gamma.namedTensors + dense.beta.namedTensors
    case .separable(let separable):
      separable.shared.namedTensors
        + [separable.gamma, separable.beta].flatMap { $0.depthwise.namedTensors + $0.pointwise.namedTensors }
    case .classTable(let table):
      [
        ("\(layer).class_specified_affine.weight", table.weight),
        ("\(layer).class_specified_affine.bias", table.bias),
      ]
    }
  }
}

extension LabelConvolution {
  var namedTensors: [NamedTensor] { labels.namedTensors + (style?.namedTensors ?? []) }
}
