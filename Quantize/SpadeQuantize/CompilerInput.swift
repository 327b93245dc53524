import SpadeInput

/// What goes into a model file besides the generator.
public struct CompilerInput {
  public var generator: Generator
  public var encoder: StyleEncoder?
  /// At least one, at network resolution.
  public var maps: [LabelMap]
  public var classes: [ModelMetadata.Class]
  public var provenance: ModelMetadata.Provenance
  /// `nil` for the default.
  public var budget: MemoryBudget?

  /// More maps for the calibration alone: windows are not counted on them.
  public var drawings: [LabelMap]

  public init(
    generator: Generator, encoder: StyleEncoder? = nil, maps: [LabelMap], drawings: [LabelMap] = [],
    classes: [ModelMetadata.Class] = [], provenance: ModelMetadata.Provenance, budget: MemoryBudget? = nil
  ) {
    self.generator = generator
    self.encoder = encoder
    self.maps = maps
    self.drawings = drawings
    self.classes = classes
    self.provenance = provenance
    self.budget = budget
  }
}
