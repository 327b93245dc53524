import SpadeCost

extension Board {
  /// Part of the memory interface's rate that programs get.
  static var memoryShare: Double { 0.5 }

  /// To start a loop on all threads, which spin between loops.
  private static var loopSeconds: Double { 2e-6 }

  /// The board with as many threads as are worth having. Rates come from data sheets and models of the cores.
  public var machine: Machine {
    Machine(
      clock: clock, threadCount: threadCount, memoryByteRate: memoryByteRate * Self.memoryShare,
      cacheByteCount: cacheByteCount, loopSeconds: Self.loopSeconds, rates: core.rates, scalars: core.scalars)
  }

  /// Bytes that a program may have of a board with `memoryByteCount`: the rest is for the system and other programs.
  public static func usableByteCount(memoryByteCount: Int) -> Int { memoryByteCount / 2 }

  /// The smallest memory the board is sold with that `byteCount` fits in, or `nil`.
  public func memory(holding byteCount: Int) -> Int? {
    var size = memory.smallest
    while size <= memory.largest {
      if byteCount <= Self.usableByteCount(memoryByteCount: size) { return size }
      size *= 2
    }
    return nil
  }
}
