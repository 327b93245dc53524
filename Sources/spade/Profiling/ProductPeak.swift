import Foundation
import SpadeRuntime

/// How fast a CPU multiplies at best: the product kernel over operands in the first-level cache, on several threads.
enum ProductPeak {
  private static let trialCount = 40
  private static let trialSeconds = 0.005

  /// Multiply-adds a second of all threads together, the fastest of many short trials. Takes about 0.2 s.
  static func measure(_ kernels: KernelSet, threadCount: Int) throws -> Double {
    let areas = try (0..<threadCount).map { _ in
      let area = try AlignedMemory(byteCount: KernelSet.residentByteCount)
      area.bytes.initializeMemory(as: UInt8.self, repeating: 0)
      return Area(bytes: area.bytes, owner: area)
    }
    var repetitionCount = 1
    while seconds(kernels, areas.prefix(1), repetitionCount) < trialSeconds / 8 { repetitionCount *= 2 }
    repetitionCount *= 8
    let work = Double(repetitionCount * KernelSet.residentProductCount * threadCount)
    let fastest = (0..<trialCount).map { _ in seconds(kernels, areas[...], repetitionCount) }.min()
    return work / (fastest ?? .infinity)
  }

  /// One thread's operands.
  private struct Area: @unchecked Sendable {
    // Safe: each is used by one thread at a time.
    let bytes: UnsafeMutableRawBufferPointer
    let owner: AlignedMemory
  }

  private static func seconds(_ kernels: KernelSet, _ areas: ArraySlice<Area>, _ repetitionCount: Int)
    -> Double
  {
    let areas = Array(areas)
    let start = monotonicTime()
    DispatchQueue.concurrentPerform(iterations: areas.count) { index in
      kernels.multiplyResident(memory: areas[index].bytes, repetitionCount: repetitionCount)
    }
    return Double(monotonicTime() - start) / 1e9
  }
}
