extension GeneratorConfiguration {
  /// What a SPADE layer makes γ and β of.
  public enum ModulationKind: Equatable, Sendable {
    /// Convolutions of hidden activations.
    case dense
    /// Depthwise separable convolutions of them, maybe with an instance norm inside.
    case separable(hasInstanceNorm: Bool)
    /// A row of a table for each class.
    case classTable
  }

  /// Which blocks there are, and their channels.
  public enum Layout: Equatable, Sendable {
    /// All from `channelUnit`.
    case official
    /// The official blocks with channels of their own.
    case compressed(ChannelCounts)
    /// A body of six blocks.
    case oasis
  }

  /// c₀ … c₇ of a compressed generator: its `config_str`.
  public struct ChannelCounts: Equatable, Sendable {
    public static let count = 8
    public let values: [Int]

    /// - Precondition: `values` are eight positive numbers.
    public init(_ values: [Int]) {
      precondition(values.count == Self.count && values.allSatisfy { $0 > 0 })
      self.values = values
    }

    public subscript(index: Int) -> Int { values[index] }

    /// As `config_str` has them.
    /// - Returns: `nil` for anything but eight positive numbers.
    public init?(text: String) {
      let counts = text.split(separator: "_", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
      guard counts.count == Self.count, counts.allSatisfy({ $0 > 0 }) else { return nil }
      self.init(counts)
    }

    public var text: String { values.map { "\($0)" }.joined(separator: "_") }
  }

  /// Whose generator it is.
  public enum Family: String, CaseIterable, Sendable {
    case spade, clade, oasis
    case ganCompression = "gan-compression"
  }

  public var family: Family {
    switch (layout, modulation) {
    case (.oasis, _): .oasis
    case (_, .separable): .ganCompression
    case (_, .classTable): .clade
    case (_, .dense): .spade
    }
  }

  /// Whether the style goes along with the labels at every pixel instead of making the first tensor.
  public var styleJoinsLabels: Bool { layout == .oasis && styleCount != nil }
  /// What the checkpoint calls a layer's batch statistics, behind the layer's name.
  var statisticsName: String { layout == .oasis ? "first_norm" : "param_free_norm" }
  /// Whether a linear layer makes the first tensor of the style.
  public var hasStyleLayer: Bool { styleCount != nil && !styleJoinsLabels }
}
