/// Units of `Work` that one core does in a cycle while its data are in the first-level cache: the inner loops in a model of
/// the core, from `Scripts/kernel-analysis/table.md`.
public struct KernelRates: Sendable {
  public let multiplyAdds: Double
  public let requantizedValues: Double
  public let modulatedValues: Double
  public let tableAdditions: Double
  public let tapAdditions: Double
  /// `nil` where the core's kernels have no tiles, so that 3×3 convolutions are products like others.
  public let tiles: TileRates?

  public init(
    multiplyAdds: Double, requantizedValues: Double, modulatedValues: Double, tableAdditions: Double,
    tapAdditions: Double, tiles: TileRates?
  ) {
    self.multiplyAdds = multiplyAdds
    self.requantizedValues = requantizedValues
    self.modulatedValues = modulatedValues
    self.tableAdditions = tableAdditions
    self.tapAdditions = tapAdditions
    self.tiles = tiles
  }
}

/// Units of `TileWork` that one core does in a cycle, as `KernelRates` has them for other work.
public struct TileRates: Sendable {
  public let multiplyAdds: Double
  public let codePoints: Double
  public let weightPoints: Double
  public let sumPoints: Double
  public let pixels: Double

  public init(
    multiplyAdds: Double, codePoints: Double, weightPoints: Double, sumPoints: Double, pixels: Double
  ) {
    self.multiplyAdds = multiplyAdds
    self.codePoints = codePoints
    self.weightPoints = weightPoints
    self.sumPoints = sumPoints
    self.pixels = pixels
  }

  /// Cycles of one core.
  public func cycles(_ work: TileWork) -> Double {
    work.multiplyAdds / multiplyAdds + work.codePoints / codePoints + work.weightPoints / weightPoints
      + work.sumPoints / sumPoints + work.pixels / pixels
  }
}
