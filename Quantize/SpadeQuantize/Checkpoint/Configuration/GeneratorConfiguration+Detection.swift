extension GeneratorConfiguration {
  /// Tells a generator's configuration from its checkpoint.
  ///
  /// Tensors give channel counts, kernel size, normalisation, spectral norm, style input and `most` upsampling. They
  /// cannot tell `normal` from `more` upsampling, the picture's size, or which input channels are the unknown class and
  /// the edges: for each of these the first of `overrides`, `preset` and `options` that answers it is taken.
  ///
  /// The size from options is the reference's: the first grid is `crop_size >> n` wide and
  /// `round(width / aspect_ratio)` high (ties to even), the picture `2^n` times that.
  /// - Parameters:
  ///   - options: The `opt.txt` beside the checkpoint, where there is one; what it says about the tensors must be true.
  /// - Throws: `.open` with every question nobody answered; a mismatch where an answer contradicts the tensors.
  public static func detect(
    checkpoint: Checkpoint, options: Options? = nil, preset: Preset? = nil, overrides: Overrides = Overrides()
  ) throws(ConfigurationError) -> GeneratorConfiguration {
    let facts = try TensorFacts(checkpoint)
    if let options { try facts.check(options) }

    let upsampling = try upsampling(facts, overrides.upsampling ?? preset?.upsampling ?? options?.upsampling)
    let hasUnknownClass =
      facts.layout == .oasis
      ? false : overrides.hasUnknownClass ?? preset?.hasUnknownClass ?? options?.hasUnknownClass
    let givenEdges = overrides.hasEdges ?? preset?.hasEdges ?? options?.hasEdges
    let hasEdges = facts.layout == .oasis ? false : facts.hasEdges ?? givenEdges
    let size = try pictureSize(options, preset, overrides, upsampling)
    let noiseCount = facts.layout == .oasis ? noiseCount(facts, options, preset) : 0

    guard let upsampling, let hasUnknownClass, let hasEdges, let size, let noiseCount else {
      var questions: [ConfigurationError.OpenQuestion] = []
      if !hasSize(options, preset, overrides) { questions.append(.size) }
      if upsampling == nil { questions.append(.upsampling) }
      if hasUnknownClass == nil { questions.append(.unknownClass) }
      if hasEdges == nil { questions.append(.edges) }
      if noiseCount == nil { questions.append(.noise) }
      throw .open(questions)
    }

    let inputChannelCount = facts.inputChannelCount - noiseCount
    let classCount = inputChannelCount - (hasUnknownClass ? 1 : 0) - (hasEdges ? 1 : 0)
    let wanted = facts.layout == .oasis ? options?.labelCount : preset?.classCount ?? options?.classCount
    if let wanted, wanted != classCount || facts.hasEdges ?? hasEdges != givenEdges ?? hasEdges {
      throw .inputMismatch(
        checkpoint: inputChannelCount, classCount: wanted, hasUnknownClass: hasUnknownClass,
        hasEdges: givenEdges ?? hasEdges)
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

  /// Channels of the noise that OASIS reads before the labels; `nil` where nobody tells.
  private static func noiseCount(_ facts: TensorFacts, _ options: Options?, _ preset: Preset?) -> Int? {
    if let preset {
      return max(facts.inputChannelCount - preset.classCount - (preset.hasUnknownClass ? 1 : 0), 0)
    }
    if let labelCount = options?.labelCount { return max(facts.inputChannelCount - labelCount, 0) }
    switch options?.hasNoise {
    case nil: return nil
    case false?: return 0
    case true?: return options?.styleCount ?? 64
    }
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
    if let preset { return (preset.width, preset.height) }
    guard let cropSize = options?.cropSize, let upsampling else { return nil }
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
