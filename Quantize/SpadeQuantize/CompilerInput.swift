import SpadeInput
import SpadeModel

/// What goes into a model file besides the generator.
public struct CompilerInput {
  public var generator: Generator
  public var encoder: StyleEncoder?
  /// At least one, at network resolution.
  public var maps: [LabelMap]
  public var classes: [ModelMetadata.Class]
  public var provenance: ModelMetadata.Provenance
  public var plan: PlanRequest

  public var quality: Quality

  /// More maps for the calibration alone: windows are not counted on them.
  public var drawings: [LabelMap]

  public init(
    generator: Generator, encoder: StyleEncoder? = nil, maps: [LabelMap], drawings: [LabelMap] = [],
    classes: [ModelMetadata.Class] = [], provenance: ModelMetadata.Provenance,
    plan: PlanRequest = PlanRequest(), quality: Quality = .best
  ) {
    self.generator = generator
    self.encoder = encoder
    self.maps = maps
    self.drawings = drawings
    self.classes = classes
    self.provenance = provenance
    self.plan = plan
    self.quality = quality
  }
}

extension CompilerInput {
  /// The smallest arena that a plan can have: the sizes of a network do not depend on what a calibration finds.
  /// - Throws: `QuantizationError`.
  public func smallestArenaByteCount() throws -> Int {
    let network = try NetworkQuantizer.quantize(generator, ranges: Ranges(), quality: quality)
    let encoder = encoder.map {
      EncoderLayout(
        channelUnit: $0.layers.first?.outputChannelCount ?? 0,
        styleCount: generator.configuration.styleCount ?? 0)
    }
    return PlanSearch(
      network, scenes: network.scenes([maps[0]]), machine: plan.machine, encoder: encoder
    ).best(byteCount: 0).arenaByteCount
  }
}
