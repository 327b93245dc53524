import SpadeBoards

extension Board {
  /// RP3A0: the Raspberry Pi 3's cores at 1 GHz with 512 MB of LPDDR2 at 900 million transfers a second, 32 bits wide, in
  /// one package. Half of the memory is for the operating system and what else runs.
  static var raspberryPiZero2W: Board {
    Board(
      name: "raspberry-pi-zero-2-w", title: "Raspberry Pi Zero 2 W", modelPrefix: "Raspberry Pi Zero 2",
      core: .cortexA53, coreCount: 4, clock: 1.0e9, memory: MemorySizes(mebibytes: 512, upTo: 512),
      memoryByteRate: 3.6e9,
      cacheByteCount: 512 << 10, arenaByteCount: 32 << 20, threadCount: 4)
  }
}
