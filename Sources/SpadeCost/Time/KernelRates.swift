/// Units of `Work` that one core does in a cycle while its data are in the first-level cache: the inner loops.
public struct KernelRates: Sendable {
  public let multiplyAdds: Double
  /// Multiply-adds of a single panel.
  public let loneMultiplyAdds: Double
  /// Multiply-adds of tap tables.
  public let tapMultiplyAdds: Double
  public let joinedSums: Double
  public let requantizedValues: Double
  public let modulatedValues: Double
  public let tableAdditions: Double
  public let tapAdditions: Double
  /// `nil` where the core's kernels have no tiles, so that 3×3 convolutions are products like others.
  public let tiles: TileRates?

  /// - Parameters:
  ///   - loneMultiplyAdds: As `multiplyAdds` if `nil`.
  ///   - tapMultiplyAdds: As `multiplyAdds` if `nil`.
  ///   - joinedSums: Sums take no time if `nil`.
  public init(
    multiplyAdds: Double, loneMultiplyAdds: Double? = nil, tapMultiplyAdds: Double? = nil,
    joinedSums: Double? = nil, requantizedValues: Double, modulatedValues: Double, tableAdditions: Double,
    tapAdditions: Double, tiles: TileRates?
  ) {
    self.multiplyAdds = multiplyAdds
    self.loneMultiplyAdds = loneMultiplyAdds ?? multiplyAdds
    self.tapMultiplyAdds = tapMultiplyAdds ?? multiplyAdds
    self.joinedSums = joinedSums ?? .infinity
    self.requantizedValues = requantizedValues
    self.modulatedValues = modulatedValues
    self.tableAdditions = tableAdditions
    self.tapAdditions = tapAdditions
    self.tiles = tiles
  }

  /// Cycles of one core.
  func cycles(_ work: Work) -> Double {
    work.multiplyAdds / multiplyAdds + work.loneMultiplyAdds / loneMultiplyAdds
      + work.tapMultiplyAdds / tapMultiplyAdds + work.joinedSums / joinedSums
      + work.requantizedValues / requantizedValues
      + work.modulatedValues / modulatedValues
      + work.tableAdditions / tableAdditions + work.tapAdditions / tapAdditions
      + (tiles?.cycles(work.tiles) ?? 0)
  }
}

/// Units of `TileWork` that one core does in a cycle, as `KernelRates` has them for other work.
public struct TileRates: Sendable {
  public let multiplyAdds: Double
  public let codePoints: Double
  public let weightPoints: Double
  public let sumPoints: Double

  public init(multiplyAdds: Double, codePoints: Double, weightPoints: Double, sumPoints: Double) {
    self.multiplyAdds = multiplyAdds
    self.codePoints = codePoints
    self.weightPoints = weightPoints
    self.sumPoints = sumPoints
  }

  /// Cycles of one core.
  func cycles(_ work: TileWork) -> Double {
    work.multiplyAdds / multiplyAdds + work.codePoints / codePoints + work.weightPoints / weightPoints
      + work.sumPoints / sumPoints
  }
}

/// Cycles of one core for the work between the kernels, which has no vector instructions.
public struct ScalarCycles: Sendable {
  /// For one offset of a row of a convolution, and of a row of windows.
  public let pixelOffset: Double
  public let windowOffset: Double
  /// For the numbers of one pixel's windows, and for each distinct window on top.
  public let numberedPixel: Double
  public let foundWindow: Double
  /// For one channel of one pixel of the picture.
  public let color: Double

  public init(
    pixelOffset: Double, windowOffset: Double, numberedPixel: Double, foundWindow: Double, color: Double
  ) {
    self.pixelOffset = pixelOffset
    self.windowOffset = windowOffset
    self.numberedPixel = numberedPixel
    self.foundWindow = foundWindow
    self.color = color
  }

  /// All of them `factor` times as long.
  public func scaled(by factor: Double) -> ScalarCycles {
    ScalarCycles(
      pixelOffset: factor * pixelOffset, windowOffset: factor * windowOffset,
      numberedPixel: factor * numberedPixel, foundWindow: factor * foundWindow, color: factor * color)
  }

  /// Cycles of one core.
  func cycles(_ work: Work) -> Double {
    work.pixelOffsets * pixelOffset + work.windowOffsets * windowOffset + work.numberedPixels * numberedPixel
      + work.foundWindows * foundWindow + work.colors * color
  }
}
