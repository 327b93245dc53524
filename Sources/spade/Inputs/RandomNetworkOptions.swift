import ArgumentParser
import SpadeQuantize

extension GeneratorConfiguration.Normalization: ExpressibleByArgument {}
extension GeneratorConfiguration.Family: ExpressibleByArgument {}
extension GeneratorConfiguration.ChannelCounts: ExpressibleByArgument {
  /// Eight numbers, or the name of a published setting.
  public init?(argument: String) {
    if let published = GeneratorConfiguration.PublishedCompression(rawValue: argument) {
      self = published.counts
    } else {
      self.init(text: argument)
    }
  }
}

/// What a network with random weights is, besides what checkpoints leave open.
struct RandomNetworkOptions: ParsableArguments {
  @Option(help: "Whose generator it is.")
  var family = GeneratorConfiguration.Family.spade

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Channel unit; the released networks have 64, which clade and oasis have with --preset. Else 16.",
      valueName: "count"))
  var ngf: Int?

  @Option(
    help: ArgumentHelp(
      "Channels of the blocks of gan-compression: eight numbers as its config_str has them, or cityscapes, "
        + "cityscapes-fast or coco as published. By default the preset's, or all --ngf.",
      valueName: "counts"))
  var channels: GeneratorConfiguration.ChannelCounts?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Classes without the unknown one; by default the preset's, or 16.", valueName: "count")
  )
  var classes: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Length of the style; 0 for a network without style input. By default 0, with oasis 64.",
      valueName: "count"))
  var styleSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Side of the kernels in SPADE layers: 1, 3, 5 or 7.", valueName: "count"))
  var kernelSize = 3

  @Option(help: "The normalisation inside SPADE layers.")
  var norm = GeneratorConfiguration.Normalization.batch

  @Flag(
    inversion: .prefixedNo, help: "Whether convolutions have a spectral norm; gan-compression's have none.")
  var spectralNorm = true

  /// - Parameter network: Answers to what checkpoints leave open.
  func configuration(_ network: NetworkOptions) -> GeneratorConfiguration {
    let preset = network.preset
    let isPublished = preset != nil && family != .spade
    let unit = ngf ?? (isPublished ? GeneratorConfiguration.publishedChannelUnit : 16)
    let style = styleSize ?? (family == .oasis ? 64 : 0)
    var configuration = GeneratorConfiguration(
      classCount: classes ?? preset?.classCount ?? 16,
      hasUnknownClass: network.dontcare ?? preset?.hasUnknownClass ?? false,
      hasEdges: network.edges ?? preset?.hasEdges ?? false, channelUnit: unit, kernelSize: kernelSize,
      normalization: norm, hasSpectralNorm: spectralNorm,
      upsampling: network.upsampling ?? preset?.upsampling ?? .normal,
      width: network.size?.width ?? preset?.width ?? 256,
      height: network.size?.height ?? preset?.height ?? 256,
      styleCount: style == 0 ? nil : style)
    switch family {
    case .spade: break
    case .clade:
      configuration.modulation = .classTable
      configuration.hiddenChannelCount = 0
      configuration.kernelSize = 1
    case .oasis:
      configuration.layout = .oasis
      configuration.upsampling = .normal
      // Its count has everything.
      configuration.classCount = configuration.labelCount
      configuration.hasUnknownClass = false
      configuration.hasEdges = false
    case .ganCompression:
      let published = preset.flatMap { GeneratorConfiguration.PublishedCompression($0)?.counts }
      let all = [Int](repeating: unit, count: GeneratorConfiguration.ChannelCounts.count)
      let counts = channels ?? (ngf == nil ? published : nil) ?? GeneratorConfiguration.ChannelCounts(all)
      configuration.layout = .compressed(counts)
      configuration.modulation = .separable(hasInstanceNorm: true)
      configuration.channelUnit = counts[0]
      configuration.hiddenChannelCount = 2 * (counts.values.dropFirst().max() ?? 0)
      configuration.hasSpectralNorm = false
    }
    return configuration
  }

  func check(_ network: NetworkOptions) throws {
    let limits: [(String, Int, ClosedRange<Int>)] = [
      ("--ngf", ngf ?? 1, 1...1024), ("--classes", classes ?? 1, 1...4096),
      ("--style-size", styleSize ?? 0, 0...4096), ("--channels", channels?.values.max() ?? 1, 1...1024),
    ]
    for (name, value, range) in limits where !range.contains(value) {
      throw ValidationError("\(name) is \(value); give \(range.lowerBound) to \(range.upperBound).")
    }
    guard [1, 3, 5, 7].contains(kernelSize) else { throw ValidationError("--kernel-size is 1, 3, 5 or 7.") }
    try checkFamily(network)
    let generator = configuration(network)
    let multiple = 1 << generator.upsampling.doublingCount
    guard generator.width.isMultiple(of: multiple), generator.height.isMultiple(of: multiple),
      max(generator.width, generator.height) <= 4096
    else {
      throw ValidationError("With this upsampling --size takes multiples of \(multiple), up to 4096.")
    }
    if generator.upsampling == .most && !generator.channelUnit.isMultiple(of: 2) {
      throw ValidationError("With --upsampling most, --ngf must be even.")
    }
  }

  private func checkFamily(_ network: NetworkOptions) throws {
    let isCompressed = family == .ganCompression
    if channels != nil, !isCompressed || ngf != nil {
      throw ValidationError("--channels is for --family gan-compression without --ngf.")
    }
    if isCompressed, styleSize ?? 0 > 0 || network.upsampling == .most {
      throw ValidationError("gan-compression has no style and not --upsampling most.")
    }
    if family == .oasis, network.edges == true || network.upsampling ?? .normal != .normal || norm != .batch {
      throw ValidationError("oasis has no --edges, no other --upsampling than normal, and --norm batch.")
    }
  }
}
