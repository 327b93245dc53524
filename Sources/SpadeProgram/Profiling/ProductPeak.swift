import CSpadePlatform
import SpadeRuntime

/// How fast a CPU multiplies at best: the product kernel over operands in the first-level cache, on several threads.
package enum ProductPeak {
  private static let trialCount = 40
  private static let trialNanoseconds: UInt64 = 5_000_000

  /// One loop of a pool: each task works in an area of its own.
  private struct Job {
    let kernels: KernelSet
    let areas: UnsafeMutableRawBufferPointer
    var repetitionCount: Int
  }

  /// Multiply-adds a second of all threads together, the fastest of many short trials. Takes about 0.2 s.
  package static func measure(_ kernels: KernelSet, threadCount: Int) throws(Failure) -> Double {
    let areas = try AlignedMemory(byteCount: areaByteCount * threadCount)
    let place = try AlignedMemory(byteCount: spade_pool_size())
    areas.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    place.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    defer { withExtendedLifetime((areas, place)) {} }
    guard let pool = spade_pool_start(place.bytes.baseAddress, threadCount) else {
      throw Failure("The system refuses to start \(threadCount) threads; give a smaller --threads.")
    }
    defer { spade_pool_stop(pool) }

    var job = Job(kernels: kernels, areas: areas.bytes, repetitionCount: 1)
    while nanoseconds(pool, &job, taskCount: 1) < trialNanoseconds / 8 { job.repetitionCount *= 2 }
    job.repetitionCount *= 8
    let work = Double(job.repetitionCount * KernelSet.residentProductCount * threadCount)
    var fastest = UInt64.max
    for _ in 0..<trialCount { fastest = min(fastest, nanoseconds(pool, &job, taskCount: threadCount)) }
    return work / (Double(fastest) / 1e9)
  }

  private static var areaByteCount: Int { (KernelSet.residentByteCount + 63) / 64 * 64 }

  private static func nanoseconds(_ pool: OpaquePointer, _ job: inout Job, taskCount: Int) -> UInt64 {
    let start = monotonicTime()
    spade_pool_run(
      pool, taskCount,
      { context, task, _ in
        // Safe: the context is the job below, and a task's area is its own.
        let job = context.unsafelyUnwrapped.assumingMemoryBound(to: Job.self).pointee
        job.kernels.multiplyResident(
          memory: UnsafeMutableRawBufferPointer(
            rebasing: job.areas[task * ProductPeak.areaByteCount..<(task + 1) * ProductPeak.areaByteCount]),
          repetitionCount: job.repetitionCount)
      }, &job)
    return max(monotonicTime() - start, 1)
  }
}
