extension StyleEncoder {
  /// Reads every tensor of the encoder and divides the spectral norm out. Channel counts come from the tensors.
  /// - Throws: An error naming the tensor that is missing, unexpected, of another shape or not finite.
  public init(checkpoint: Checkpoint) throws(CheckpointError) {
    let isSpectral =
      checkpoint["layer1.0.weight_orig"] != nil && checkpoint["layer1.0.weight_v"] != nil
    let firstName = isSpectral ? "layer1.0.weight_orig" : "layer1.0.weight"
    guard let first = checkpoint[firstName] else { throw .missingTensor(name: firstName) }
    let unit = first.shape.first ?? 0
    guard first.shape == [unit, 3, 3, 3], (1...Self.maximumChannelUnit).contains(unit) else {
      throw .wrongShape(
        tensor: firstName, found: first.shape, wanted: [min(max(unit, 1), Self.maximumChannelUnit), 3, 3, 3])
    }
    guard let meanInfo = checkpoint["fc_mu.weight"] else { throw .missingTensor(name: "fc_mu.weight") }
    let featureCount = 8 * unit * 4 * 4
    let styleCount = meanInfo.shape.first ?? 0
    guard (1...Self.maximumStyleCount).contains(styleCount) else {
      throw .wrongShape(tensor: "fc_mu.weight", found: meanInfo.shape, wanted: [256, featureCount])
    }

    var state = StateDictionary(checkpoint)
    layers = []
    var input = 3
    for (index, multiple) in [1, 2, 4, 8, 8, 8].enumerated() {
      layers.append(
        try state.convolution(
          "layer\(index + 1).0", from: input, to: multiple * unit, kernelSize: 3, hasBias: false,
          form: isSpectral ? .spectral : .divided))
      input = multiple * unit
    }
    mean = try state.linear("fc_mu", from: featureCount, to: styleCount)
    logVariance = try state.linear("fc_var", from: featureCount, to: styleCount)
    try state.finish()
  }

  private static let maximumChannelUnit = 1024
  private static let maximumStyleCount = 65536
}
