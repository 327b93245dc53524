extension TargetReport {
  /// The report as a person reads it.
  package var lines: [String] { [boardLine, fitLine, ""] + predictionLines }

  private var boardLine: String {
    "target".left(15) + "\(title): \(threadCount) threads on \(core) at \((clockHz / 1e9).fixed(1)) GHz, "
      + "\(kernelSet) kernels"
  }

  private var fitLine: String {
    let needed =
      "\((arenaByteCount + modelByteCount).grouped) bytes (arena \(arenaByteCount.grouped), "
      + "model file \(modelByteCount.grouped))"
    guard let memoryByteCount else {
      return "does not fit".left(15) + "\(needed) are more than half of \(largestMemoryByteCount >> 20) MiB"
    }
    return "fits".left(15) + "\(needed) are at most half of \(memoryByteCount >> 20) MiB"
  }

  private var predictionLines: [String] {
    [
      "prediction".left(15)
        + "\(prediction.seconds.duration) for \(picture); computed, not measured:"
    ]
      + prediction.parts.map { part in
        "  " + part.name.left(20) + Int(part.count).short.right(8) + " at "
          + "\(part.perCycle.fixed(2)) a cycle".right(14) + part.seconds.duration.right(12)
      }
      + [
        "  " + "bytes moved".left(20) + Int(prediction.byteCount).short.right(8) + " at "
          + "\((prediction.bytesPerSecond / 1e9).fixed(1)) G a second".right(14)
          + prediction.memorySeconds.duration.right(12),
        "  Each loop takes the longer of its arithmetic (count / rate / clock / threads) and its bytes; the time is the sum.",
        "  Products are those that kernels do, padded channels included.",
        "  With fewer tasks than threads some threads wait, and to start a loop takes a little.",
        "  Rates are those of the inner loops in a model of the core, bytes come at half of the memory interface's speed.",
        "  Such predictions are 3 to 4 % off at the median and 13 % at worst on x86-64; no board was measured.",
        "  Left out: other programs, a hot board's lower clock.",
      ]
  }
}
