/// Where the parts of the arena lie, in bytes from its start.
///
/// ```
/// 0               scratch                       pool      runtime     byteCount
/// ├─ plan ────────┼─ thread 0 ┬─ thread 1 ─ … ──┼─ pool ──┼─ runtime ─┤
/// ```
///
/// The plan's part is the larger of two: the buffers of a frame, or what the style encoder needs in their place. The runtime's
/// part is for callers that have no other place for the `Runtime` itself.
public struct ArenaLayout: Equatable, Sendable {
  public static let threadCounts = 1...64
  /// Bytes of the thread pool and of a `Runtime`.
  public static let poolByteCount = 4416
  public static let runtimeByteCount = 256

  /// Where the scratch areas begin, and the bytes of one.
  public let scratch: Int
  public let scratchByteCount: Int
  public let pool: Int
  public let runtime: Int
  public let byteCount: Int

  /// - Parameters:
  ///   - planByteCount: Of the buffers.
  ///   - encoder: The model's style encoder.
  ///   - scratch: What a thread works in.
  ///   - threadCount: One of `threadCounts`.
  public init(planByteCount: Int, encoder: EncoderLayout?, scratch: ScratchLayout, threadCount: Int) {
    let plan = ModelFormat.padded(planByteCount, to: ModelFormat.alignment)
    self.scratch = max(plan, encoder?.arenaByteCount ?? 0)
    scratchByteCount = scratch.byteCount
    pool = self.scratch + threadCount * scratchByteCount
    runtime = pool + Self.poolByteCount
    byteCount = runtime + Self.runtimeByteCount
  }

  /// The arena of a model file.
  public init(_ model: Model, threadCount: Int) {
    self.init(
      planByteCount: model.planByteCount, encoder: model.encoder, scratch: ScratchLayout(model),
      threadCount: threadCount)
  }
}
