/// What a step of a frame has to do, in units of the kernels.
public struct Work: Sendable {
  /// Multiply-adds of products of int8, padded channels included.
  public var multiplyAdds = 0.0
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
  /// Bytes read and written, each once.
  public var byteCount = 0.0

  public init() {}

  public static func += (sum: inout Work, work: Work) {
    sum.multiplyAdds += work.multiplyAdds
    sum.requantizedValues += work.requantizedValues
    sum.modulatedValues += work.modulatedValues
    sum.tableAdditions += work.tableAdditions
    sum.tapAdditions += work.tapAdditions
    sum.tiles += work.tiles
    sum.byteCount += work.byteCount
  }
}
