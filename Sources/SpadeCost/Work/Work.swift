/// What a loop of a step has to do, in units of the kernels.
public struct Work: Sendable {
  /// Multiply-adds of products of int8, padded channels included: of several panels side by side, and of single ones.
  public var multiplyAdds = 0.0
  public var loneMultiplyAdds = 0.0
  /// Those of tap tables: rows of one tap are short, and each sum goes to memory.
  public var tapMultiplyAdds = 0.0
  /// Offsets of rows of codes, and of hidden activations and tap tables.
  public var pixelOffsets = 0.0
  public var windowOffsets = 0.0
  /// Sums of fine codes: what their highs and their lows add up to becomes one.
  public var joinedSums = 0.0
  /// Accumulators that become int16 codes.
  public var requantizedValues = 0.0
  /// Values that are modulated, or normalised by instance.
  public var modulatedValues = 0.0
  /// Int16 additions of rows of label tables.
  public var tableAdditions = 0.0
  /// Int32 additions of rows of tap tables.
  public var tapAdditions = 0.0
  /// 3×3 convolutions in tiles.
  public var tiles = TileWork()
  /// Pixels whose windows get numbers, and distinct windows among them.
  public var numberedPixels = 0.0
  public var foundWindows = 0.0
  /// Channels of pixels that become colours.
  public var colors = 0.0
  /// Bytes read and written, each once.
  public var byteCount = 0.0

  public init() {}

  public static func += (sum: inout Work, work: Work) {
    sum.multiplyAdds += work.multiplyAdds
    sum.loneMultiplyAdds += work.loneMultiplyAdds
    sum.tapMultiplyAdds += work.tapMultiplyAdds
    sum.pixelOffsets += work.pixelOffsets
    sum.windowOffsets += work.windowOffsets
    sum.joinedSums += work.joinedSums
    sum.requantizedValues += work.requantizedValues
    sum.modulatedValues += work.modulatedValues
    sum.tableAdditions += work.tableAdditions
    sum.tapAdditions += work.tapAdditions
    sum.tiles += work.tiles
    sum.numberedPixels += work.numberedPixels
    sum.foundWindows += work.foundWindows
    sum.colors += work.colors
    sum.byteCount += work.byteCount
  }
}
