import Foundation
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// Every task of a loop runs exactly once, whatever the threads do between loops.
@Suite struct ThreadPoolTests {
  private struct Context {
    var counts: UnsafeMutablePointer<UInt32>
    var threadCount: Int
    var wrongThreads: UnsafeMutablePointer<UInt32>
  }

  @Test(arguments: [1, 2, 3, 8, 64]) func everyTaskRunsOnce(threadCount: Int) throws {
    let memory = GuardedMemory(byteCount: ThreadPool.byteCount)
    defer { withExtendedLifetime(memory) {} }
    let most = 200
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: most + 1)
    defer { counts.deallocate() }
    var missed = 0
    do {
      let pool = try ThreadPool(memory: memory.bytes.baseAddress!, threadCount: threadCount)
      #expect(pool.threadCount == threadCount)
      for loop in 0..<600 {
        let taskCount = loop % 7 == 0 ? loop % 3 : loop % most
        counts.initialize(repeating: 0, count: most + 1)
        var context = Context(counts: counts, threadCount: threadCount, wrongThreads: counts + most)
        pool.run(taskCount, &context) { context, task, thread in
          let context = context!.assumingMemoryBound(to: Context.self).pointee
          // A task's own counter: two runs of it at once would be a fault that the sum below shows most of the time.
          context.counts[task] += 1
          if thread >= context.threadCount { context.wrongThreads.pointee += 1 }
        }
        for task in 0..<most where counts[task] != (task < taskCount ? 1 : 0) { missed += 1 }
        missed += Int(counts[most])
        // Long enough for the others to fall asleep.
        if loop % 100 == 0 { usleep(2000) }
      }
    }
    #expect(missed == 0)
    #expect(memory.isIntact)
  }
}
