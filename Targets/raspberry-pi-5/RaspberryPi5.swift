import SpadeBoards

extension Board {
  /// BCM2712 with LPDDR4X-4267, 32 bits wide.
  static var raspberryPi5: Board {
    Board(
      name: "raspberry-pi-5", title: "Raspberry Pi 5", modelPrefix: "Raspberry Pi 5", core: .cortexA76,
      coreCount: 4, clock: 2.4e9, memory: MemorySizes(mebibytes: 2048, upTo: 16384),
      memoryByteRate: 17.0e9,
      cacheByteCount: 2048 << 10, arenaByteCount: 64 << 20, threadCount: 4)
  }
}
