/// How large a model's arena may be.
public struct MemoryBudget: Equatable, Sendable {
  public var byteCount: Int
  /// Threads the arena is to serve.
  public var threadCount: Int
  /// Whether the kernels that the arena is for convolve in tiles, and so have a use for workspaces.
  public var hasTiles: Bool

  public init(byteCount: Int, threadCount: Int = 1, hasTiles: Bool = true) {
    self.byteCount = byteCount
    self.threadCount = threadCount
    self.hasTiles = hasTiles
  }
}
