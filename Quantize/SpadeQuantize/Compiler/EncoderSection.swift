import SpadeModel

/// The style encoder inside a model file: float32 weights, spectral norm folded.
///
/// For each of the six layers `Float[out][in][3][3]`; then mean and log-variance, each `Float[styleCount][in]` and
/// `Float[styleCount]`. Channels follow from the encoder's unit: 3 → unit → 2 → 4 → 8 → 8 → 8 units; `in` of the last
/// two is 8 units · 4 · 4.
public enum EncoderSection {
  private static let widths = [1, 2, 4, 8, 8, 8]

  static func bytes(_ encoder: StyleEncoder) -> [UInt8] {
    var values: [Float] = []
    for layer in encoder.layers { values += layer.weight }
    for linear in [encoder.mean, encoder.logVariance] { values += linear.weight + linear.bias }
    return values.withUnsafeBytes { [UInt8]($0) }
  }

  /// The encoder of a model, or `nil` where it has none (or a section of the wrong length).
  public static func encoder(of model: Model) -> StyleEncoder? {
    let unit = Int(model.configuration.encoderChannelUnit)
    guard unit > 0, model.styleCount > 0 else { return nil }
    var shapes: [(String, Int, Int, Int)] = []
    var input = 3
    for (index, width) in widths.enumerated() {
      shapes.append(("layer\(index + 1).0", width * unit, input, 3))
      input = width * unit
    }
    for name in ["fc_mu", "fc_var"] { shapes.append((name, model.styleCount, input * 16, 1)) }
    let linearBiasCount = 2 * model.styleCount
    let count = shapes.reduce(linearBiasCount) { $0 + $1.1 * $1.2 * $1.3 * $1.3 }
    let section = model.section(.encoder)
    guard section.count == ModelFormat.padded(count * 4, to: ModelFormat.alignment) else { return nil }

    let floats = UnsafeRawBufferPointer(rebasing: section[0..<(count * 4)]).bindMemory(to: Float.self)
    var at = 0
    func take(_ count: Int) -> [Float] {
      defer { at += count }
      return [Float](floats[at..<(at + count)])
    }
    var layers = shapes.map { name, outputs, inputs, size in
      let weight = take(outputs * inputs * size * size)
      let bias = size == 1 ? take(outputs) : [Float](repeating: 0, count: outputs)
      return Convolution(
        name: name, outputChannelCount: outputs, inputChannelCount: inputs, kernelSize: size, weight: weight,
        bias: bias)
    }
    guard let logVariance = layers.popLast(), let mean = layers.popLast() else { return nil }
    return StyleEncoder(layers: layers, mean: mean, logVariance: logVariance)
  }
}
