import SpadeBoards

extension Board {
  /// BCM2837 with LPDDR2 at 900 million transfers a second, 32 bits wide. The clock is the 3 Model B's; the 3 A+, which
  /// has 512 MB, and the 3 B+ have 1.4 GHz while they stay cool.
  static var raspberryPi3: Board {
    Board(
      name: "raspberry-pi-3", title: "Raspberry Pi 3", modelPrefix: "Raspberry Pi 3", core: .cortexA53,
      coreCount: 4, clock: 1.2e9, memory: MemorySizes(mebibytes: 512, upTo: 1024), memoryByteRate: 3.6e9,
      cacheByteCount: 512 << 10, arenaByteCount: 32 << 20, threadCount: 4)
  }
}
