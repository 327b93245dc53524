/// A step takes as long as its arithmetic, shared among the threads, or its memory traffic, whichever is longer. This is a
/// prediction from data sheets and models of the cores. It leaves out what no kernel of `KernelRates` does (numbering
/// windows, the picture's tanh) and waiting for other threads and programs.
extension Board {
  /// Part of the memory interface's rate that programs get.
  public static var memoryShare: Double { 0.5 }

  /// Cycles of one core for the arithmetic.
  public func cycles(_ work: Work) -> Double {
    let rates = core.rates
    return work.multiplyAdds / rates.multiplyAdds + work.requantizedValues / rates.requantizedValues
      + work.modulatedValues / rates.modulatedValues + work.tableAdditions / rates.tableAdditions
      + work.tapAdditions / rates.tapAdditions + (rates.tiles?.cycles(work.tiles) ?? 0)
  }

  /// Seconds of `threadCount` threads for the arithmetic.
  public func arithmeticSeconds(_ work: Work) -> Double { cycles(work) / (clock * Double(threadCount)) }

  /// Seconds for the bytes.
  public func memorySeconds(_ work: Work) -> Double { work.byteCount / (memoryByteRate * Self.memoryShare) }

  /// Seconds of one step.
  public func predictedSeconds(step work: Work) -> Double {
    max(arithmeticSeconds(work), memorySeconds(work))
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
