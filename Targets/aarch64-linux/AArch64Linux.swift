import SpadeBoards

extension Board {
  /// Any other board with 64-bit ARM Linux. As nothing is known of it, the figures are those of the weakest board here:
  /// what fits that fits, and another is seldom slower.
  static var aarch64Linux: Board {
    let weakest = Board.raspberryPiZero2W
    return Board(
      name: "aarch64-linux", title: "any board with 64-bit ARM Linux", modelPrefix: "", core: weakest.core,
      coreCount: weakest.coreCount, clock: weakest.clock, memory: weakest.memory,
      memoryByteRate: weakest.memoryByteRate, cacheByteCount: weakest.cacheByteCount,
      arenaByteCount: weakest.arenaByteCount,
      threadCount: weakest.threadCount)
  }
}
