/// How the border of a grid cuts the taps of a kernel around a pixel: rows and columns of taps that lie beyond each side.
public struct BorderKind: Equatable, Sendable {
  /// 0 … k/2 each.
  public let top: Int
  public let bottom: Int
  public let left: Int
  public let right: Int

  /// Of the pixel (y, x) of a grid.
  @inline(__always)
  public init(y: Int, x: Int, width: Int, height: Int, kernelSize: Int) {
    let radius = kernelSize / 2
    top = max(radius &- y, 0)
    bottom = max(y &+ radius &+ 1 &- height, 0)
    left = max(radius &- x, 0)
    right = max(x &+ radius &+ 1 &- width, 0)
  }

  /// The kind of an index.
  public init(_ index: Int, kernelSize: Int) {
    let reach = kernelSize / 2 + 1
    right = index % reach
    left = index / reach % reach
    bottom = index / (reach * reach) % reach
    top = index / (reach * reach * reach)
  }

  /// 0 ..< `ModelFormat.borderKindCount(kernelSize:)`.
  @inline(__always)
  public func index(kernelSize: Int) -> Int {
    let reach = kernelSize / 2 &+ 1
    return ((top &* reach &+ bottom) &* reach &+ left) &* reach &+ right
  }

  /// Whether a tap lies inside.
  public func holds(tap: Int, kernelSize: Int) -> Bool {
    let (row, column) = (tap / kernelSize, tap % kernelSize)
    return row >= top && row < kernelSize - bottom && column >= left && column < kernelSize - right
  }
}
