/// Turns a generator and its calibrated ranges into a quantised network, layer by layer.
struct NetworkQuantizer {
  let generator: Generator
  let ranges: Ranges
  let quality: Quality
  var network: QuantizedNetwork

  /// How far beyond the largest magnitude seen the codes of wide tensors reach.
  static let wideHeadroom: Float = 1.5

  private init(_ generator: Generator, ranges: Ranges, quality: Quality) {
    self.generator = generator
    self.ranges = ranges
    self.quality = quality
    network = QuantizedNetwork(configuration: generator.configuration)
  }

  /// - Throws: Where weights or activations are so large that no scale stands for them.
  static func quantize(
    _ generator: Generator, ranges: Ranges, quality: Quality = .best
  ) throws(QuantizationError) -> QuantizedNetwork {
    var quantizer = NetworkQuantizer(generator, ranges: ranges, quality: quality)
    var tensor = try quantizer.addFirst()
    for (index, block) in generator.blocks.enumerated() {
      tensor = try quantizer.add(block, index: index, input: tensor)
    }
    try quantizer.addPicture(input: tensor)
    return quantizer.network
  }

  /// The block that a stage belongs to, and its place in the network.
  struct Place {
    var block: String
    var index: Int
  }

  /// A tensor of codes, what they stand for, and what calibration saw of it.
  struct Codes {
    var tensor: ActivationTensor.Index
    var scales: CodeScales
    var moments: InputMoments?
  }

  /// Appends a stage. It makes as many pixels as its output has; for the picture as its input has.
  mutating func addStage(_ name: String, at place: Place, _ operation: StageOperation) {
    // Safe: a stage without output has an input.
    let size = network.tensors[(operation.output ?? operation.input).unsafelyUnwrapped]
    network.stages.append(
      Stage(
        name: name, block: place.block, blockIndex: place.index, operation: operation, width: size.width,
        height: size.height))
  }

  /// Channels of a tensor that a SPADE layer normalises: those that a convolution makes, and an empty one where the layer appends
  /// one, since it reads as many as it makes.
  func normalizedChannelCount(_ count: Int) -> Int {
    count + (generator.blocks.first?.norm0.modulation.appendsChannel == true ? 1 : 0)
  }

  /// The scale of a wide tensor: its largest magnitude, with headroom, at code 32767.
  func wideScale(_ name: String) throws(ValueTooLarge) -> Float {
    try ValueTooLarge.check(max(ranges.wide[name] ?? 0, 1e-6) * Self.wideHeadroom / 32767)
  }
}

extension QuantizedProduct {
  /// The finest scale of a wide tensor that the product may be converted to: at most one code for two units of the
  /// accumulator. That is the runtime's bound, and finer would say nothing.
  var finestScale: Float { 2 * (unit.max() ?? 0) }
}
