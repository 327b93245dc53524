import SpadeModel

/// What the time of a step depends on besides its work: some threads of a computer.
///
/// A loop takes as long as its arithmetic, shared among the threads as far as there are tasks for all, or its memory traffic,
/// whichever is longer, and a little to start it. This leaves out waiting for other programs and a hot board's lower clock.
public struct Machine: Sendable {
  /// Cycles a second of every core.
  public var clock: Double
  public var threadCount: Int
  /// Bytes a second that programs get of the memory.
  public var memoryByteRate: Double
  /// Bytes of the cache that all cores share.
  public var cacheByteCount: Int
  /// Seconds to start a loop on all threads and to wait for the last.
  public var loopSeconds: Double
  public var rates: KernelRates
  public var scalars: ScalarCycles

  public init(
    clock: Double, threadCount: Int, memoryByteRate: Double, cacheByteCount: Int, loopSeconds: Double,
    rates: KernelRates, scalars: ScalarCycles
  ) {
    self.clock = clock
    self.threadCount = threadCount
    self.memoryByteRate = memoryByteRate
    self.cacheByteCount = cacheByteCount
    self.loopSeconds = loopSeconds
    self.rates = rates
    self.scalars = scalars
  }

  /// Whether 3×3 convolutions run in tiles where the plan has workspaces for them.
  public var hasTiles: Bool { rates.tiles != nil }

  /// Rows of a direct 3×3 product that take as long as a tile of `ModelFormat.winogradDepth` channels; `nil` without tiles.
  public var rowsPerTile: Double? {
    rates.tiles.map { tiles in
      let points = Double(ModelFormat.winogradPoints)
      return points * (1 / tiles.multiplyAdds + 1 / (Double(ModelFormat.winogradDepth) * tiles.sumPoints))
        * rates.multiplyAdds / 9
    }
  }

  /// Cycles of one core for the arithmetic.
  public func cycles(_ work: Work) -> Double { rates.cycles(work) + scalars.cycles(work) }

  /// Seconds for the bytes.
  public func memorySeconds(_ work: Work) -> Double { work.byteCount / memoryByteRate }

  /// Seconds of a loop.
  public func seconds(_ loop: LoopWork) -> Double {
    guard loop.taskCount > 0 else { return 0 }
    // Tasks that the thread with the most of them takes, of all.
    let share =
      Double((loop.taskCount + threadCount - 1) / threadCount) / Double(loop.taskCount)
    return max(cycles(loop.work) / clock * share, memorySeconds(loop.work)) + loopSeconds
  }

  /// Seconds of a step.
  public func seconds(_ step: StepShape, windows: StepWindows = StepWindows()) -> Double {
    var seconds = 0.0
    step.forEachLoop(windows: windows, on: self) { seconds += self.seconds($0) }
    return seconds
  }
}

extension Machine {
  /// What plans are made for when nobody names a machine: a current x86-64 core with AVX2, whose kernels are to each other
  /// as those of most cores without dot products. Measured once on one such machine and rounded; constants, so that the same
  /// checkpoint and maps give the same file everywhere.
  public static func reference(threadCount: Int) -> Machine {
    Machine(
      clock: 1e9, threadCount: threadCount, memoryByteRate: 40e9, cacheByteCount: 16 << 20,
      loopSeconds: 0.2e-6,
      rates: KernelRates(
        multiplyAdds: 109, loneMultiplyAdds: 100, requantizedValues: 11.5, modulatedValues: 7.4,
        tableAdditions: 28, tapAdditions: 27,
        tiles: TileRates(
          multiplyAdds: 104, codePoints: 30, weightPoints: 35, sumPoints: 10)),
      scalars: ScalarCycles(
        pixelOffset: 0.46, windowOffset: 1.3, numberedPixel: 5.5, foundWindow: 30, color: 0.7))
  }
}
