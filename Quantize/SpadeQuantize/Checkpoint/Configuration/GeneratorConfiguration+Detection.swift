extension GeneratorConfiguration {
  /// Tells a generator's configuration from its checkpoint.
  ///
  /// Tensors give channel counts, kernel size, normalisation, spectral norm, style input and `most` upsampling. They
  /// cannot tell `normal` from `more` upsampling, the picture's size, or which input channels are the unknown class and
  /// the edges: for each of these the first of `overrides`, `options` and `preset` that answers it is taken. Where options and a
  /// preset answer it differently and no override does, neither is taken.
  ///
  /// The size from options is the reference's: the first grid is `crop_size >> n` wide and
  /// `round(width / aspect_ratio)` high (ties to even), the picture `2^n` times that.
  /// - Parameters:
  ///   - options: The `opt.txt` beside the checkpoint, where there is one; what it says about the tensors must be true.
  /// - Throws: `.open` with every question nobody answered; a mismatch where an answer contradicts the tensors, or a preset the
  ///   options.
  public static func detect(
    checkpoint: Checkpoint, options: Options? = nil, preset: Preset? = nil, overrides: Overrides = Overrides()
  ) throws(ConfigurationError) -> GeneratorConfiguration {
    let facts = try TensorFacts(checkpoint)
    if let options { try facts.check(options) }

    if let options, let preset { try check(preset, against: options, facts, overrides) }

    let upsampling = try upsampling(facts, overrides.upsampling ?? options?.upsampling ?? preset?.upsampling)
    let hasUnknownClass =
      facts.layout == .oasis
      ? false : overrides.hasUnknownClass ?? options?.hasUnknownClass ?? preset?.hasUnknownClass
    let givenEdges = overrides.hasEdges ?? options?.hasEdges ?? preset?.hasEdges
    let hasEdges = facts.layout == .oasis ? false : facts.hasEdges ?? givenEdges
    let size = try pictureSize(options, preset, overrides, upsampling)
    let noiseCount =
      facts.layout == .oasis ? overrides.noiseCount ?? noiseCount(facts, options, preset) : 0

    guard let upsampling, let hasUnknownClass, let hasEdges, let size, let noiseCount else {
      var questions: [ConfigurationError.OpenQuestion] = []
      if !hasSize(options, preset, overrides) { questions.append(.size) }
      if upsampling == nil { questions.append(.upsampling) }
      if hasUnknownClass == nil { questions.append(.unknownClass) }
      if hasEdges == nil { questions.append(.edges) }
      if noiseCount == nil { questions.append(.noise) }
      throw .open(questions)
    }

    let classCount =
      facts.inputChannelCount - noiseCount - (hasUnknownClass ? 1 : 0) - (hasEdges ? 1 : 0)
    let isOasis = facts.layout == .oasis
    let stated = isOasis ? options?.labelCount : options?.classCount
    let wanted = stated ?? (isOasis ? preset?.labelCount : preset?.classCount)
    if let wanted, wanted != classCount || facts.hasEdges ?? hasEdges != givenEdges ?? hasEdges {
      throw .inputMismatch(
        checkpoint: facts.inputChannelCount, classCount: wanted, preset: stated == nil ? preset : nil,
        hasUnknownClass: hasUnknownClass, hasEdges: isOasis ? false : givenEdges ?? hasEdges,
        noiseCount: noiseCount)
    }
    try TensorFacts.check(.classCount, classCount, 1...4096)
    try checkSize(size, upsampling, facts)

    var modulation = facts.modulation
    if case .separable = modulation, options?.hasSeparableNorm == false {
      modulation = .separable(hasInstanceNorm: false)
    }
    return GeneratorConfiguration(
      classCount: classCount, hasUnknownClass: hasUnknownClass, hasEdges: hasEdges,
      channelUnit: facts.channelUnit, hiddenChannelCount: facts.hiddenChannelCount,
      kernelSize: facts.kernelSize, normalization: facts.normalization,
      hasSpectralNorm: facts.hasSpectralNorm, upsampling: upsampling, width: size.width,
      height: size.height, styleCount: noiseCount > 0 ? noiseCount : facts.styleCount, layout: facts.layout,
      modulation: modulation)
  }

  private static func upsampling(
    _ facts: TensorFacts, _ given: Upsampling?
  ) throws(ConfigurationError) -> Upsampling? {
    // Its six blocks double five times.
    if facts.layout == .oasis { return .normal }
    if let given, (given == .most) != facts.hasFifthStage {
      throw .upsamplingMismatch(checkpointHasFifthStage: facts.hasFifthStage, given: given)
    }
    return facts.hasFifthStage ? .most : given
  }

  /// What the options say must be what the preset says, but for what an override answers and for what neither asks of OASIS.
  private static func check(
    _ preset: Preset, against options: Options, _ facts: TensorFacts, _ overrides: Overrides
  ) throws(ConfigurationError) {
    func same<Value: Equatable>(
      _ wanted: Value, _ found: Value?, _ answer: (Value) -> ConfigurationError.PresetAnswer
    ) throws(ConfigurationError) {
      guard let found, found != wanted else { return }
      throw .presetMismatch(preset, says: answer(wanted), options: answer(found))
    }
    let isOasis = facts.layout == .oasis
    if isOasis {
      try same(preset.labelCount, options.labelCount) { .classCount($0) }
    } else {
      try same(preset.classCount, options.classCount) { .classCount($0) }
      if overrides.upsampling == nil { try same(preset.upsampling, options.upsampling) { .upsampling($0) } }
      if overrides.hasUnknownClass == nil {
        try same(preset.hasUnknownClass, options.hasUnknownClass) { .unknownClass($0) }
      }
      if overrides.hasEdges == nil { try same(preset.hasEdges, options.hasEdges) { .edges($0) } }
    }
    let upsampling =
      isOasis ? .normal : overrides.upsampling ?? options.upsampling ?? preset.upsampling
    let size = try pictureSize(options, nil, overrides, upsampling).map { [$0.width, $0.height] }
    if overrides.width == nil {
      try same([preset.width, preset.height], size) { .size(width: $0[0], height: $0[1]) }
    }
  }

  /// Channels of the noise that OASIS reads before the labels; `nil` where nobody tells. The released networks of a preset have 64 or
  /// none.
  private static func noiseCount(_ facts: TensorFacts, _ options: Options?, _ preset: Preset?) -> Int? {
    if let hasNoise = options?.hasNoise { return hasNoise ? options?.styleCount ?? 64 : 0 }
    if let labelCount = options?.labelCount { return max(facts.inputChannelCount - labelCount, 0) }
    return preset.map { facts.inputChannelCount == $0.labelCount ? 0 : 64 }
  }

  /// Largest picture width and height, in pixels.
  static let maximumSize = 4096

  private static func hasSize(_ options: Options?, _ preset: Preset?, _ overrides: Overrides) -> Bool {
    (overrides.width != nil && overrides.height != nil) || preset != nil || options?.cropSize != nil
  }

  private static func pictureSize(
    _ options: Options?, _ preset: Preset?, _ overrides: Overrides, _ upsampling: Upsampling?
  ) throws(ConfigurationError) -> (width: Int, height: Int)? {
    if let width = overrides.width, let height = overrides.height { return (width, height) }
    guard let cropSize = options?.cropSize, let upsampling else {
      return preset.map { ($0.width, $0.height) }
    }
    try TensorFacts.check(.cropSize, cropSize, 1...maximumSize)
    let gridWidth = cropSize >> upsampling.doublingCount
    let gridHeight = (Double(gridWidth) / (options?.aspectRatio ?? 1)).rounded(.toNearestOrEven)
    let height = min(gridHeight, Double(maximumSize) + 1)
    return (gridWidth << upsampling.doublingCount, Int(height) << upsampling.doublingCount)
  }

  private static func checkSize(
    _ size: (width: Int, height: Int), _ upsampling: Upsampling, _ facts: TensorFacts
  ) throws(ConfigurationError) {
    let multiple = 1 << upsampling.doublingCount
    try TensorFacts.check(.width, size.width, multiple...maximumSize)
    try TensorFacts.check(.height, size.height, multiple...maximumSize)
    guard size.width.isMultiple(of: multiple), size.height.isMultiple(of: multiple) else {
      throw .sizeOffGrid(width: size.width, height: size.height, multiple: multiple)
    }
    let grid = (width: size.width / multiple, height: size.height / multiple)
    if let cellCount = facts.firstGridCellCount, cellCount != grid.width * grid.height {
      throw .firstGridMismatch(checkpointCellCount: cellCount, width: grid.width, height: grid.height)
    }
  }
}

extension TensorFacts {
  /// Checks what options say about the tensors themselves.
  func check(_ options: Options) throws(ConfigurationError) {
    if case .compressed(let counts) = layout {
      if let given = options.channelCounts, given != counts {
        throw .channelCountsMismatch(checkpoint: counts.text, options: given.text)
      }
    } else if let unit = options.channelUnit, unit != channelUnit {
      throw .channelUnitMismatch(checkpoint: channelUnit, options: unit)
    }
    if let layer = options.layerNormalization {
      guard layer.kernelSize == kernelSize || modulation == .classTable else {
        throw .kernelSizeMismatch(checkpoint: kernelSize, options: layer.kernelSize)
      }
      guard layer.normalization == normalization else {
        throw .normalizationMismatch(checkpoint: normalization, options: layer.normalization)
      }
      // Very old files store the divided weight, so the opposite is no contradiction.
      guard layer.hasSpectralNorm || !hasSpectralNorm else { throw .unexpectedSpectralNorm }
    }
    if let hasStyle = options.hasStyle, layout != .oasis {
      let wanted = hasStyle ? options.styleCount ?? styleCount ?? 256 : nil
      guard wanted == styleCount else { throw .styleMismatch(checkpoint: styleCount, options: wanted) }
    }
  }
}
