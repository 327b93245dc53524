/// What 3×3 convolutions in tiles have to do. A tile of 4×4 pixels has 36 points.
public struct TileWork: Sendable {
  /// Multiply-adds of points, int16 each.
  public var multiplyAdds = 0.0
  /// Points that int8 codes become.
  public var codePoints = 0.0
  /// Points that int8 weights become.
  public var weightPoints = 0.0
  /// Points whose sums become pixels.
  public var sumPoints = 0.0

  public init() {}

  public static func += (sum: inout TileWork, work: TileWork) {
    sum.multiplyAdds += work.multiplyAdds
    sum.codePoints += work.codePoints
    sum.weightPoints += work.weightPoints
    sum.sumPoints += work.sumPoints
  }
}
