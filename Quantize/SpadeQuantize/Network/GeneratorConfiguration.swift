/// What a generator of SPADE's family is, apart from its weights: everything needed to list its layers.
///
/// Source: the option table of the reference implementation (Park et al., CVPR 2019).
public struct GeneratorConfiguration: Equatable, Sendable {
  /// The parameter-free normalisation inside a SPADE layer.
  public enum Normalization: String, Sendable {
    /// Running statistics of the checkpoint: constants at inference.
    case batch
    /// Mean and biased variance of the picture being made.
    case instance
  }

  /// How often the generator doubles its grid: 5, 6 or 7 times.
  public enum Upsampling: String, CaseIterable, Sendable {
    case normal, more, most

    /// The number of 2× steps between the first grid and the picture.
    public var doublingCount: Int {
      switch self {
      case .normal: 5
      case .more: 6
      case .most: 7
      }
    }
  }

  /// Classes of the label set, without the unknown class and the edge channel (`label_nc`).
  public var classCount: Int
  /// Whether id `classCount` stands for unknown pixels (`contain_dontcare_label`).
  public var hasUnknownClass: Bool
  /// Whether the last input channel marks instance borders (not `no_instance`).
  public var hasEdges: Bool
  /// Channel unit of the generator; the first layer has `16 * channelUnit` channels (`ngf`, or c₀ of a compressed one).
  public var channelUnit: Int
  /// Channels between the label map and γ, β (128 officially); in the widest block, where they differ, and 0 for none.
  public var hiddenChannelCount: Int
  /// Side of the convolutions inside SPADE layers: odd, officially 3.
  public var kernelSize: Int
  public var normalization: Normalization
  /// Whether the checkpoint stores `weight_orig`, `weight_u`, `weight_v` for block convolutions.
  public var hasSpectralNorm: Bool
  public var upsampling: Upsampling
  /// Picture size in pixels.
  public var width: Int
  public var height: Int
  /// Length of the style vector, or `nil` for a generator that reads labels only (`use_vae`, `z_dim`).
  public var styleCount: Int?
  public var layout: Layout
  public var modulation: ModulationKind

  public init(
    classCount: Int, hasUnknownClass: Bool, hasEdges: Bool, channelUnit: Int, hiddenChannelCount: Int = 128,
    kernelSize: Int = 3, normalization: Normalization = .batch, hasSpectralNorm: Bool = true,
    upsampling: Upsampling = .normal, width: Int, height: Int, styleCount: Int? = nil,
    layout: Layout = .official, modulation: ModulationKind = .dense
  ) {
    self.classCount = classCount
    self.hasUnknownClass = hasUnknownClass
    self.hasEdges = hasEdges
    self.channelUnit = channelUnit
    self.hiddenChannelCount = hiddenChannelCount
    self.kernelSize = kernelSize
    self.normalization = normalization
    self.hasSpectralNorm = hasSpectralNorm
    self.upsampling = upsampling
    self.width = width
    self.height = height
    self.styleCount = styleCount
    self.layout = layout
    self.modulation = modulation
  }

  /// Ids a label map may hold: `0 ..< labelCount`.
  public var labelCount: Int { classCount + (hasUnknownClass ? 1 : 0) }
  /// Channels of the one-hot input (`semantic_nc`).
  public var inputChannelCount: Int { labelCount + (hasEdges ? 1 : 0) }
  /// Size of the grid that `fc` produces.
  public var firstGridWidth: Int { width >> upsampling.doublingCount }
  public var firstGridHeight: Int { height >> upsampling.doublingCount }
}
