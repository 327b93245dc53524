import SpadeBoards

extension Board {
  /// BCM2711 with LPDDR4-3200, 32 bits wide. The clock is that of the first revisions; from revision 1.4 on, and on the
  /// Raspberry Pi 400, it is 1.8 GHz.
  static var raspberryPi4: Board {
    Board(
      name: "raspberry-pi-4", title: "Raspberry Pi 4", modelPrefix: "Raspberry Pi 4", core: .cortexA72,
      coreCount: 4, clock: 1.5e9, memory: MemorySizes(mebibytes: 1024, upTo: 8192),
      memoryByteRate: 12.8e9,
      cacheByteCount: 1024 << 10, arenaByteCount: 64 << 20, threadCount: 4)
  }
}
