/// How large a model's arena may be.
public struct MemoryBudget: Equatable, Sendable {
  public var byteCount: Int
  /// Threads the arena is to serve.
  public var threadCount: Int

  public init(byteCount: Int, threadCount: Int = 1) {
    self.byteCount = byteCount
    self.threadCount = threadCount
  }
}
