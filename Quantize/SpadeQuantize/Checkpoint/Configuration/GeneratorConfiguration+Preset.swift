extension GeneratorConfiguration {
  /// The data sets of the released checkpoints, for files that come without `opt.txt`.
  public enum Preset: String, CaseIterable, Sendable {
    case ade20k, coco, cityscapes

    public var classCount: Int {
      switch self {
      case .ade20k: 150
      case .coco: 182
      case .cityscapes: 35
      }
    }
    public var hasUnknownClass: Bool { self != .cityscapes }
    /// Classes and the unknown one: what an OASIS network of the data set counts.
    public var labelCount: Int { classCount + (hasUnknownClass ? 1 : 0) }
    public var hasEdges: Bool { self != .ade20k }
    public var upsampling: Upsampling { self == .cityscapes ? .more : .normal }
    /// Picture size in pixels.
    public var width: Int { self == .cityscapes ? 512 : 256 }
    public var height: Int { 256 }
  }

  /// What a person says about a checkpoint; `nil` leaves the question to `opt.txt` or to a preset.
  public struct Overrides: Equatable, Sendable {
    /// Picture size in pixels: both or neither.
    public var width: Int?
    public var height: Int?
    public var upsampling: Upsampling?
    public var hasUnknownClass: Bool?
    public var hasEdges: Bool?
    /// Channels of OASIS' noise.
    public var noiseCount: Int?

    public init(
      width: Int? = nil, height: Int? = nil, upsampling: Upsampling? = nil, hasUnknownClass: Bool? = nil,
      hasEdges: Bool? = nil, noiseCount: Int? = nil
    ) {
      self.width = width
      self.height = height
      self.upsampling = upsampling
      self.hasUnknownClass = hasUnknownClass
      self.hasEdges = hasEdges
      self.noiseCount = noiseCount
    }
  }
}
