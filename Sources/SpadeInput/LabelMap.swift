/// A label map at network resolution: the only input of a generator without style. It stays as it is made: what could change its arrays
/// would let go of them, and the library for C has nothing that could.
public struct LabelMap: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Row-major ids in `0 ..< labelCount`.
  public let ids: [UInt16]
  /// Row-major, 1 where an instance border runs and 0 elsewhere; `nil` for networks without the edge channel.
  public let edges: [UInt8]?

  public init(width: Int, height: Int, ids: [UInt16], edges: [UInt8]? = nil) {
    precondition(ids.count == width * height && (edges.map { $0.count == width * height } ?? true))
    self.width = width
    self.height = height
    self.ids = ids
    self.edges = edges
  }
}
