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

  /// The arena when nobody names a budget: 12 MiB with two threads for the official width at 256×256, in proportion to
  /// the channels and pixels of others, and 2 MiB at least.
  init(default configuration: GeneratorConfiguration) {
    self.init(
      byteCount: max(
        2 << 20,
        12 * 1024 * configuration.channelUnit / 64 * (configuration.width * configuration.height / 64)),
      threadCount: 2)
  }
}
