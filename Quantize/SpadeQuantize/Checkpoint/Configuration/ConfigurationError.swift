/// Why a generator's configuration cannot be told from its checkpoint and options: one case per rule.
public enum ConfigurationError: Error, Equatable, Sendable {
  /// A question that the tensors leave open.
  public enum OpenQuestion: Sendable {
    case size, upsampling, unknownClass, edges, noise
  }

  /// A number that has bounds.
  public enum Quantity: Sendable {
    case classCount, channelUnit, hiddenChannelCount, kernelSize, width, height, styleCount, cropSize
  }

  /// What a preset says about a network, and an `opt.txt` may say.
  public enum PresetAnswer: Equatable, Sendable {
    case classCount(Int)
    case size(width: Int, height: Int)
    case upsampling(GeneratorConfiguration.Upsampling)
    case unknownClass(Bool)
    case edges(Bool)
  }

  case missingTensor(name: String)
  case unreadRelative(UnreadRelative)
  case wrongRank(tensor: String, found: [Int], wanted: Int)
  /// The tensor's first extent is no multiple of what it must be.
  case wrongMultiple(tensor: String, found: Int, of: Int)
  case outOfBounds(quantity: Quantity, found: Int, lowest: Int, highest: Int)
  case evenKernel(found: Int)
  case oddChannelUnit(found: Int)

  case open([OpenQuestion])

  case channelUnitMismatch(checkpoint: Int, options: Int)
  case channelCountsMismatch(checkpoint: String, options: String)
  case kernelSizeMismatch(checkpoint: Int, options: Int)
  case normalizationMismatch(
    checkpoint: GeneratorConfiguration.Normalization, options: GeneratorConfiguration.Normalization)
  case unexpectedSpectralNorm
  case styleMismatch(checkpoint: Int?, options: Int?)
  case upsamplingMismatch(checkpointHasFifthStage: Bool, given: GeneratorConfiguration.Upsampling)
  /// The classes are those of the preset, if there is one, otherwise of the options.
  case inputMismatch(
    checkpoint: Int, classCount: Int, preset: GeneratorConfiguration.Preset? = nil, hasUnknownClass: Bool,
    hasEdges: Bool, noiseCount: Int = 0)
  case presetMismatch(GeneratorConfiguration.Preset, says: PresetAnswer, options: PresetAnswer)
  case sizeOffGrid(width: Int, height: Int, multiple: Int)
  case firstGridMismatch(checkpointCellCount: Int, width: Int, height: Int)
}
