/// What the time of a step depends on besides its work: some threads of a computer.
public struct Machine: Sendable {
  /// Cycles a second of every core.
  public var clock: Double
  public var threadCount: Int
  /// Bytes a second that programs get of the memory.
  public var memoryByteRate: Double
  /// Bytes of the cache that all cores share.
  public var cacheByteCount: Int
  public var rates: KernelRates

  public init(
    clock: Double, threadCount: Int, memoryByteRate: Double, cacheByteCount: Int, rates: KernelRates
  ) {
    self.clock = clock
    self.threadCount = threadCount
    self.memoryByteRate = memoryByteRate
    self.cacheByteCount = cacheByteCount
    self.rates = rates
  }

  /// Whether 3×3 convolutions run in tiles where the plan has workspaces for them.
  public var hasTiles: Bool { rates.tiles != nil }
}

/// A step takes as long as its arithmetic, shared among the threads, or its memory traffic, whichever is longer. This leaves
/// out what no kernel of `KernelRates` does (numbering windows, the picture's tanh) and waiting for other threads and
/// programs.
extension Machine {
  /// Cycles of one core for the arithmetic.
  public func cycles(_ work: Work) -> Double {
    work.multiplyAdds / rates.multiplyAdds + work.requantizedValues / rates.requantizedValues
      + work.modulatedValues / rates.modulatedValues + work.tableAdditions / rates.tableAdditions
      + work.tapAdditions / rates.tapAdditions + (rates.tiles?.cycles(work.tiles) ?? 0)
  }

  /// Seconds of all threads for the arithmetic.
  public func arithmeticSeconds(_ work: Work) -> Double { cycles(work) / (clock * Double(threadCount)) }

  /// Seconds for the bytes.
  public func memorySeconds(_ work: Work) -> Double { work.byteCount / memoryByteRate }

  /// Seconds of one step.
  public func seconds(step work: Work) -> Double { max(arithmeticSeconds(work), memorySeconds(work)) }
}
