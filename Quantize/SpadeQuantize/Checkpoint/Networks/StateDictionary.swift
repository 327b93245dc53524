/// Reads a network's tensors out of a checkpoint, checks each one, and notices the ones nobody asked for.
struct StateDictionary {
  let checkpoint: Checkpoint
  private var usedNames: Set<String> = []

  init(_ checkpoint: Checkpoint) { self.checkpoint = checkpoint }

  /// A tensor's finite values in row-major order.
  mutating func values(_ name: String, _ shape: [Int]) throws(CheckpointError) -> [Float] {
    guard let info = checkpoint[name] else { throw .missingTensor(name: name) }
    guard info.shape == shape else { throw .wrongShape(tensor: name, found: info.shape, wanted: shape) }
    usedNames.insert(name)
    let values = try checkpoint.floats(name)
    try Self.checkFinite(values, name)
    return values
  }

  /// The first `count` finite values of a tensor of one dimension.
  mutating func firstValues(_ name: String, _ count: Int) throws(CheckpointError) -> [Float] {
    guard let info = checkpoint[name] else { throw .missingTensor(name: name) }
    guard info.shape.count == 1, info.shape[0] >= count else {
      throw .wrongShape(tensor: name, found: info.shape, wanted: [count])
    }
    return [Float](try values(name, info.shape).prefix(count))
  }

  /// How a checkpoint stores a convolution's weight.
  enum WeightForm {
    /// As `weight`; this layer never has a spectral norm.
    case plain
    /// As `weight`, the spectral norm divided out; very old files keep the raw weight and `u` beside it.
    case divided
    /// As `weight_orig`, `weight_u` and `weight_v`.
    case spectral
  }

  mutating func convolution(
    _ name: String, from inputs: Int, to outputs: Int, kernelSize: Int, hasBias: Bool = true,
    form: WeightForm = .plain
  ) throws(CheckpointError) -> Convolution {
    let shape = [outputs, inputs, kernelSize, kernelSize]
    let weight: [Float]
    switch form {
    case .plain: weight = try values("\(name).weight", shape)
    case .divided:
      weight = try values("\(name).weight", shape)
      usedNames.formUnion(["\(name).weight_orig", "\(name).weight_u"])
    case .spectral: weight = try foldedWeight(name, shape)
    }
    let bias =
      hasBias ? try values("\(name).bias", [outputs]) : [Float](repeating: 0, count: outputs)
    return Convolution(
      name: name, outputChannelCount: outputs, inputChannelCount: inputs, kernelSize: kernelSize,
      weight: weight, bias: bias)
  }

  /// A linear layer as a 1×1 convolution.
  mutating func linear(
    _ name: String, from inputs: Int, to outputs: Int
  ) throws(CheckpointError) -> Convolution {
    Convolution(
      name: name, outputChannelCount: outputs, inputChannelCount: inputs, kernelSize: 1,
      weight: try values("\(name).weight", [outputs, inputs]), bias: try values("\(name).bias", [outputs]))
  }

  /// Refuses tensors that nobody asked for, except batch norm's integer counters.
  func finish() throws(CheckpointError) {
    for name in checkpoint.names where !usedNames.contains(name) {
      let isCounter =
        name.hasSuffix(".num_batches_tracked") && checkpoint[name]?.shape == []
        && checkpoint[name]?.elementType == .int64
      guard isCounter else { throw .extraTensor(name: name) }
    }
  }

  /// `weight_orig / σ` with `σ = u · (weight_orig.reshape(O, -1) v)`, in double precision.
  /// Source: Miyato et al., Spectral Normalization for GANs, ICLR 2018.
  private mutating func foldedWeight(_ name: String, _ shape: [Int]) throws(CheckpointError) -> [Float] {
    let rowCount = shape[0]
    let columnCount = shape.dropFirst().reduce(1, *)
    let original = "\(name).weight_orig"
    var weight = try values(original, shape)
    let u = try values("\(name).weight_u", [rowCount])
    let v = try values("\(name).weight_v", [columnCount])

    var norm = 0.0
    for row in 0..<rowCount {
      var product = 0.0
      let start = row * columnCount
      for column in 0..<columnCount { product += Double(weight[start + column]) * Double(v[column]) }
      norm += Double(u[row]) * product
    }
    guard norm.isFinite, norm > 0 else { throw .spectralNorm(tensor: original, found: norm) }
    for index in weight.indices { weight[index] = Float(Double(weight[index]) / norm) }
    try Self.checkFinite(weight, original)
    return weight
  }

  private static func checkFinite(_ values: [Float], _ name: String) throws(CheckpointError) {
    var largest: UInt32 = 0
    for value in values { largest = max(largest, value.bitPattern & 0x7fff_ffff) }
    guard largest < 0x7f80_0000 else {
      throw .notFinite(tensor: name, index: values.firstIndex { !$0.isFinite } ?? 0)
    }
  }
}
