import CSpadePlatform
import SpadeModel
import SpadeRuntime

/// How fast a CPU multiplies at best: the product kernels over operands in the first-level cache, on several threads.
/// In multiply-adds a second.
package struct ProductPeak {
  /// Of the product of codes and weights.
  package let product: Double
  /// Of the product of transformed codes and weights in convolutions by tiles; `nil` where the set has none.
  package let tiles: Double?

  private static let trialCount = 40
  private static let trialNanoseconds: UInt64 = 5_000_000

  /// The fastest of many short trials. Takes about half a second.
  package init(_ kernels: KernelSet, threadCount: Int) throws(Failure) {
    product = try Self.measure(kernels, inTiles: false, threadCount: threadCount)
    tiles =
      kernels.hasTiles ? try Self.measure(kernels, inTiles: true, threadCount: threadCount) : nil
  }

  init(product: Double, tiles: Double?) {
    self.product = product
    self.tiles = tiles
  }

  /// The peak of a CPU that was seen to multiply `factor` times as fast.
  func scaled(by factor: Double) -> ProductPeak {
    ProductPeak(product: product * factor, tiles: tiles.map { $0 * factor })
  }

  /// Of a step's multiply-adds.
  func rate(_ operation: StepOperation) -> Double {
    operation.convolution?.workspace == nil ? product : tiles ?? product
  }

  /// One loop of a pool: each task works in an area of its own.
  private struct Job {
    let kernels: KernelSet
    let inTiles: Bool
    let areas: UnsafeMutableRawBufferPointer
    var repetitionCount = 1

    var productCount: Int {
      repetitionCount * (inTiles ? kernels.residentTileProductCount : KernelSet.residentProductCount)
    }

    static var areaByteCount: Int {
      ModelFormat.padded(KernelSet.residentByteCount, to: ModelFormat.alignment)
    }

    func run(task: Int) {
      let area = UnsafeMutableRawBufferPointer(
        rebasing: areas[task * Self.areaByteCount..<(task + 1) * Self.areaByteCount])
      if inTiles {
        kernels.multiplyResidentTiles(memory: area, repetitionCount: repetitionCount)
      } else {
        kernels.multiplyResident(memory: area, repetitionCount: repetitionCount)
      }
    }
  }

  private static func measure(
    _ kernels: KernelSet, inTiles: Bool, threadCount: Int
  ) throws(Failure) -> Double {
    let areas = try AlignedMemory(byteCount: Job.areaByteCount * threadCount)
    let place = try AlignedMemory(byteCount: Int(SPADE_POOL_SIZE))
    areas.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    place.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    defer { withExtendedLifetime((areas, place)) {} }
    guard let pool = spade_pool_start(place.bytes.baseAddress, threadCount) else {
      throw Failure("The system refuses to start \(threadCount) threads; give a smaller --threads.")
    }
    defer { spade_pool_stop(pool) }

    var job = Job(kernels: kernels, inTiles: inTiles, areas: areas.bytes)
    while nanoseconds(pool, &job, taskCount: 1) < trialNanoseconds / 8 { job.repetitionCount *= 2 }
    job.repetitionCount *= 8
    var fastest = UInt64.max
    for _ in 0..<trialCount { fastest = min(fastest, nanoseconds(pool, &job, taskCount: threadCount)) }
    return Double(job.productCount * threadCount) / (Double(fastest) / 1e9)
  }

  private static func nanoseconds(_ pool: OpaquePointer, _ job: inout Job, taskCount: Int) -> UInt64 {
    let start = monotonicTime()
    spade_pool_run(
      pool, taskCount,
      { context, task, _ in
        // Safe: the context is the job below, and a task's area is its own.
        context.unsafelyUnwrapped.assumingMemoryBound(to: Job.self).pointee.run(task: task)
      }, &job)
    return max(monotonicTime() - start, 1)
  }
}
