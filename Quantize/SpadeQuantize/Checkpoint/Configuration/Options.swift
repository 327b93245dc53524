import FoundationEssentials
import SpadeFiles

/// The training options beside a checkpoint, `opt.txt`: one `name: value` per line, then perhaps a tab and
/// `[default: …]`. Options that are absent are `nil`; options that say nothing about the network are ignored.
public struct Options: Equatable, Sendable {
  /// `label_nc`.
  public var classCount: Int?
  /// `semantic_nc`: everything that the network reads beside the noise.
  public var labelCount: Int?
  /// `contain_dontcare_label`.
  public var hasUnknownClass: Bool?
  /// The opposite of `no_instance`.
  public var hasEdges: Bool?
  /// `ngf`, or OASIS's `channels_G`.
  public var channelUnit: Int?
  /// `config_str`: the channels of a compressed generator.
  public var channelCounts: GeneratorConfiguration.ChannelCounts?
  /// `separable_conv_norm`: whether there is an instance norm inside separable convolutions.
  public var hasSeparableNorm: Bool?
  /// `norm_G`.
  public var layerNormalization: LayerNormalization?
  /// `num_upsampling_layers`.
  public var upsampling: GeneratorConfiguration.Upsampling?
  /// `crop_size`: the picture's width in pixels, before rounding to the first grid.
  public var cropSize: Int?
  /// `aspect_ratio`: width over height, finite and positive.
  public var aspectRatio: Double?
  /// `use_vae`.
  public var hasStyle: Bool?
  /// `z_dim`.
  public var styleCount: Int?
  /// The opposite of OASIS's `no_3dnoise`.
  public var hasNoise: Bool?

  /// `norm_G`: for example `spectralspadesyncbatch3x3`.
  public struct LayerNormalization: Equatable, Sendable {
    public var hasSpectralNorm: Bool
    public var normalization: GeneratorConfiguration.Normalization
    public var kernelSize: Int
  }

  public init() {}

  public init(contentsOf path: String) throws(OptionsError) {
    let bytes: [UInt8]
    do { bytes = try File.read(path, byteLimit: 1 << 20) } catch { throw .unreadable(error) }
    guard let text = String(bytes: bytes, encoding: .utf8) else { throw .notText }
    try self.init(text: text)
  }

  public init(text: String) throws(OptionsError) {
    var values: [String: String] = [:]
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.hasPrefix("-----") { continue }
      guard let colon = trimmed.firstIndex(of: ":"), colon != trimmed.startIndex else {
        throw .malformedLine(number: number)
      }
      let name = String(trimmed[..<colon])
      var value = trimmed[trimmed.index(after: colon)...]
      if let comment = value.firstRange(of: "\t[default:") { value = value[..<comment.lowerBound] }
      guard values.updateValue(String(value.trimmed), forKey: name) == nil else {
        throw .repeatedOption(name: name, line: number)
      }
    }
    try read(values)
  }

  private mutating func read(_ values: [String: String]) throws(OptionsError) {
    if let network = values["netG"], !Self.networks.contains(network.lowercased()) {
      throw .unsupportedNetwork(found: network)
    }
    classCount = try Self.integer("label_nc", values)
    hasUnknownClass = try Self.truth("contain_dontcare_label", values)
    hasEdges = try Self.truth("no_instance", values).map { !$0 }
    labelCount = try Self.integer("semantic_nc", values)
    channelUnit = try Self.integer(values["ngf"] == nil ? "channels_G" : "ngf", values)
    hasNoise = try Self.truth("no_3dnoise", values).map { !$0 }
    channelCounts = try Self.channelCounts("config_str", values)
    switch values["separable_conv_norm"] {
    case nil: break
    case "instance": hasSeparableNorm = true
    case "none": hasSeparableNorm = false
    case let value?:
      throw .malformedValue(option: "separable_conv_norm", found: value, wanted: "instance or none")
    }
    cropSize = try Self.integer("crop_size", values)
    hasStyle = try Self.truth("use_vae", values)
    styleCount = try Self.integer("z_dim", values)
    if let value = values["aspect_ratio"] {
      guard let ratio = Double(value), ratio.isFinite, ratio > 0 else {
        throw .malformedValue(option: "aspect_ratio", found: value, wanted: "a positive number")
      }
      aspectRatio = ratio
    }
    if let value = values["num_upsampling_layers"] {
      guard let upsampling = GeneratorConfiguration.Upsampling(rawValue: value) else {
        throw .malformedValue(option: "num_upsampling_layers", found: value, wanted: "normal, more or most")
      }
      self.upsampling = upsampling
    }
    if let value = values["norm_G"] {
      guard let normalization = LayerNormalization(value) else {
        throw .malformedValue(
          option: "norm_G", found: value, wanted: "a name like spectralspadesyncbatch3x3")
      }
      layerNormalization = normalization
    }
  }

  private static let networks = ["spade", "mobile_spade", "sub_mobile_spade"]

  private static func channelCounts(
    _ name: String, _ values: [String: String]
  ) throws(OptionsError) -> GeneratorConfiguration.ChannelCounts? {
    // Options that were not given are written as None.
    guard let value = values[name], value != "None", value != "" else { return nil }
    guard let counts = GeneratorConfiguration.ChannelCounts(text: value) else {
      throw .malformedValue(option: name, found: value, wanted: "eight numbers with _ between them")
    }
    return counts
  }

  private static func integer(_ name: String, _ values: [String: String]) throws(OptionsError) -> Int? {
    guard let value = values[name] else { return nil }
    guard let integer = Int(value), integer >= 0 else {
      throw .malformedValue(option: name, found: value, wanted: "a whole number")
    }
    return integer
  }

  private static func truth(_ name: String, _ values: [String: String]) throws(OptionsError) -> Bool? {
    switch values[name] {
    case nil: return nil
    case "True": return true
    case "False": return false
    case let value?: throw .malformedValue(option: name, found: value, wanted: "True or False")
    }
  }
}

extension Options.LayerNormalization {
  /// - Parameter name: `[spectral]spade` + `batch`, `syncbatch` or `instance` + `k` + `x` + `k`.
  init?(_ name: String) {
    var rest = Substring(name)
    hasSpectralNorm = Self.drop("spectral", from: &rest)
    guard Self.drop("spade", from: &rest) else { return nil }
    if Self.drop("syncbatch", from: &rest) || Self.drop("batch", from: &rest) {
      normalization = .batch
    } else if Self.drop("instance", from: &rest) {
      normalization = .instance
    } else {
      return nil
    }
    let sides = rest.split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, sides[0] == sides[1], let side = Int(sides[0]), side > 0 else { return nil }
    kernelSize = side
  }

  private static func drop(_ prefix: String, from text: inout Substring) -> Bool {
    guard text.hasPrefix(prefix) else { return false }
    text.removeFirst(prefix.count)
    return true
  }
}

extension Substring {
  /// Without spaces and tabs around it.
  fileprivate var trimmed: Substring {
    let rest = drop { $0.isWhitespace }
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return rest[...last]
  }
}
