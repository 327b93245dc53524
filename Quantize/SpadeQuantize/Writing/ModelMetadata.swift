import FoundationEssentials

/// What a model file tells people: class names and colours, provenance and the quantisation report, as JSON.
public struct ModelMetadata: Codable, Equatable, Sendable {
  public struct Class: Codable, Equatable, Sendable {
    public var name: String
    /// 8-bit red, green, blue; `nil` where the class list gives none.
    public var color: [UInt8]?

    public init(name: String, color: [UInt8]? = nil) {
      self.name = name
      self.color = color
    }
  }

  /// How the file came to be.
  public struct Provenance: Codable, Equatable, Sendable {
    /// The checkpoint's file name.
    public var checkpoint: String
    /// XXH64 of the checkpoint's bytes, in hexadecimal.
    public var checkpointChecksum: String
    /// Where the calibration maps came from.
    public var calibration: String
    /// Built-in drawings included.
    public var calibrationMapCount: Int
    /// Of these the built-in drawings; none in older files.
    public var drawingCount: Int?
    /// `LabelMap.checksum` of the others, in hexadecimal, in the order in which they were painted; none in older files.
    public var calibrationChecksums: [String]?
    /// How finely activations are rounded, a `Quality`; none in older files.
    public var quality: String?
    /// Version of the compiler.
    public var compiler: String

    public init(
      checkpoint: String, checkpointChecksum: String, calibration: String, calibrationMapCount: Int,
      drawingCount: Int? = nil, calibrationChecksums: [String]? = nil, quality: String? = nil,
      compiler: String
    ) {
      self.checkpoint = checkpoint
      self.checkpointChecksum = checkpointChecksum
      self.calibration = calibration
      self.calibrationMapCount = calibrationMapCount
      self.drawingCount = drawingCount
      self.calibrationChecksums = calibrationChecksums
      self.quality = quality
      self.compiler = compiler
    }
  }

  /// Distinct windows of a resolution on the calibration maps, and how many the plan keeps.
  public struct Level: Codable, Equatable, Sendable {
    public var width: Int
    public var height: Int
    public var windowCount: Int
    public var windowCapacity: Int
  }

  /// What an arena of some size would buy.
  public struct PlanSize: Codable, Equatable, Sendable {
    /// With the threads the plan was made for.
    public var arenaByteCount: Int
    /// As a multiple of the fastest plan's.
    public var time: Double
  }

  /// Whose generator it is.
  public struct Network: Codable, Equatable, Sendable {
    /// A `GeneratorConfiguration.Family`.
    public var family: String
    /// The setting that the family's authors published a network of this shape for.
    public var publishedSetting: String?

    init(_ configuration: GeneratorConfiguration) {
      family = configuration.family.rawValue
      publishedSetting = configuration.publishedSetting
    }
  }

  public var classes: [Class]
  /// None in older files.
  public var network: Network?
  public var provenance: Provenance
  public var levels: [Level]
  /// The plans worth having, the smallest first, and the threads that they were compared with; none in older files.
  public var plans: [PlanSize]?
  public var planThreadCount: Int?

  init(_ configuration: GeneratorConfiguration, classes: [Class], provenance: Provenance) {
    self.classes = classes
    network = Network(configuration)
    self.provenance = provenance
    levels = []
  }

  /// Notes what a plan was chosen from, and what it keeps.
  mutating func set(_ plan: Plan, _ choice: PlanChoice, _ network: QuantizedNetwork, _ scenes: [PlanScene]) {
    levels = network.levels.indices.map { index in
      Level(
        width: network.levels[index].width, height: network.levels[index].height,
        windowCount: scenes.map { $0.counts[index].outerTotal }.max() ?? 0,
        windowCapacity: plan.levels[index].outerCapacity)
    }
    planThreadCount = choice.threadCount
    plans = choice.sizes
  }

  /// Sorted keys, so that equal metadata have equal bytes.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self))
  }
}
