import Foundation
import SpadeModel
import SpadeRuntime

/// How fast a CPU multiplies at best: the product kernels over operands in the first-level cache, on several threads.
/// In multiply-adds a second.
struct ProductPeak {
  /// Of the product of codes and weights.
  let product: Double
  /// Of the product of transformed codes and weights in convolutions by tiles; `nil` where the set has none.
  let tiles: Double?

  private static let trialCount = 40
  private static let trialSeconds = 0.005

  /// The fastest of many short trials. Takes about half a second.
  init(_ kernels: KernelSet, threadCount: Int) throws {
    product = try Self.measure(KernelSet.residentProductCount, threadCount) {
      kernels.multiplyResident(memory: $0, repetitionCount: $1)
    }
    let tileCount = kernels.residentTileProductCount
    tiles =
      tileCount == 0
      ? nil
      : try Self.measure(tileCount, threadCount) {
        kernels.multiplyResidentTiles(memory: $0, repetitionCount: $1)
      }
  }

  /// Of a step's multiply-adds.
  func rate(_ step: StepRecord) -> Double {
    step.workspace == ModelFormat.none ? product : tiles ?? product
  }

  /// One thread's operands.
  private struct Area: @unchecked Sendable {
    // Safe: each is used by one thread at a time.
    let bytes: UnsafeMutableRawBufferPointer
    let owner: AlignedMemory
  }

  private typealias Multiply =
    @Sendable (_ memory: UnsafeMutableRawBufferPointer, _ repetitionCount: Int) -> Void

  private static func measure(
    _ productCount: Int, _ threadCount: Int, _ multiply: Multiply
  ) throws -> Double {
    let areas = try (0..<threadCount).map { _ in
      let area = try AlignedMemory(byteCount: KernelSet.residentByteCount)
      area.bytes.initializeMemory(as: UInt8.self, repeating: 0)
      return Area(bytes: area.bytes, owner: area)
    }
    var repetitionCount = 1
    while seconds(areas.prefix(1), repetitionCount, multiply) < trialSeconds / 8 { repetitionCount *= 2 }
    repetitionCount *= 8
    let work = Double(repetitionCount * productCount * threadCount)
    let fastest = (0..<trialCount).map { _ in seconds(areas[...], repetitionCount, multiply) }.min()
    return work / (fastest ?? .infinity)
  }

  private static func seconds(_ areas: ArraySlice<Area>, _ repetitionCount: Int, _ multiply: Multiply)
    -> Double
  {
    let areas = Array(areas)
    let start = monotonicTime()
    DispatchQueue.concurrentPerform(iterations: areas.count) { index in
      multiply(areas[index].bytes, repetitionCount)
    }
    return Double(monotonicTime() - start) / 1e9
  }
}
