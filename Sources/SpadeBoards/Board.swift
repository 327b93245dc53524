/// A computer that Spade runs on: the facts that plans and predictions use.
///
/// Every board has a folder in `Targets/` that describes it. The clocks and memory speeds of the Raspberry Pis
/// are the defaults in "Overclocking options" of the Raspberry Pi documentation (`config.txt`, `arm_freq` and
/// `sdram_freq`), their cores and memory sizes those of the product briefs.
public struct Board: Sendable {
  /// The folder's name, as `--target` takes it.
  public let name: StaticString
  /// As people call it.
  public let title: StaticString
  /// How `/proc/device-tree/model` begins on it; empty where no text tells the board.
  public let modelPrefix: StaticString
  public let core: Core
  public let coreCount: Int
  /// Cycles a second of every core under load.
  public let clock: Double
  public let memory: MemorySizes
  /// Bytes a second that the memory's interface moves at best: transfers a second times its width.
  public let memoryByteRate: Double
  /// Bytes of the cache that all cores share.
  public let cacheByteCount: Int
  /// What `spade quantize --target` plans for: arena bytes with `threadCount` threads.
  public let arenaByteCount: Int
  /// Threads that are worth having.
  public let threadCount: Int

  public init(
    name: StaticString, title: StaticString, modelPrefix: StaticString, core: Core, coreCount: Int,
    clock: Double, memory: MemorySizes, memoryByteRate: Double, cacheByteCount: Int,
    arenaByteCount: Int, threadCount: Int
  ) {
    self.name = name
    self.title = title
    self.modelPrefix = modelPrefix
    self.core = core
    self.coreCount = coreCount
    self.clock = clock
    self.memory = memory
    self.memoryByteRate = memoryByteRate
    self.cacheByteCount = cacheByteCount
    self.arenaByteCount = arenaByteCount
    self.threadCount = threadCount
  }
}

/// The memory a board is sold with: `smallest`, its double, and so on up to `largest`.
public struct MemorySizes: Sendable {
  public let smallest: Int
  public let largest: Int

  /// - Parameters:
  ///   - smallest: MiB.
  ///   - largest: MiB, `smallest` times a power of two.
  public init(mebibytes smallest: Int, upTo largest: Int) {
    self.smallest = smallest << 20
    self.largest = largest << 20
  }
}
