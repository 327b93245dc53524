extension GeneratorConfiguration {
  /// Channels of the compressed generators that the authors of GAN Compression published.
  ///
  /// Source: the project's instructions for GauGAN.
  public enum PublishedCompression: String, CaseIterable, Sendable {
    case cityscapes
    case cityscapesFast = "cityscapes-fast"
    case coco

    public var counts: ChannelCounts {
      switch self {
      case .cityscapes: ChannelCounts([32, 40, 40, 32, 40, 24, 32, 24])
      case .cityscapesFast: ChannelCounts([32, 32, 32, 48, 32, 24, 24, 32])
      case .coco: ChannelCounts([40, 32, 32, 40, 32, 40, 24, 24])
      }
    }

    public init?(_ preset: Preset) {
      switch preset {
      case .cityscapes: self = .cityscapes
      case .coco: self = .coco
      case .ade20k: return nil
      }
    }
  }

  /// Channel unit of the generators that SPADE's, CLADE's and OASIS's authors published.
  public static let publishedChannelUnit = 64

  /// The setting that the family's authors published a network of this shape for; `nil` where there is none.
  public var publishedSetting: String? {
    if case .compressed(let counts) = layout {
      return PublishedCompression.allCases.first { $0.counts == counts }?.rawValue
    }
    guard channelUnit == Self.publishedChannelUnit else { return nil }
    return Preset.allCases.first { preset in
      labelCount == preset.labelCount && width == preset.width
        && height == preset.height && (layout == .oasis || upsampling == preset.upsampling)
    }?.rawValue
  }
}
