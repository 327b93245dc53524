import Foundation
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// Every task of a job runs exactly once, in the scratch area of the thread that runs it, whatever the threads do between jobs.
@Suite struct ThreadPoolTests {
  private struct CountingJob: PoolJob {
    let taskCount: Int
    let counts: UnsafeMutablePointer<UInt32>

    static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

    /// Two tasks that count at once in the same place would lose one most of the time.
    func run(task: Int, scratch: Scratch) {
      counts[task] += 1
      scratch.offsets[0] += 1
    }
  }

  @Test(arguments: [1, 2, 3, 4, 8, 64]) func everyTaskRunsOnce(threadCount: Int) throws {
    let memory = GuardedMemory(byteCount: ThreadPool.byteCount)
    let areas = GuardedMemory(byteCount: threadCount * 64, fill: 0)
    defer { withExtendedLifetime((memory, areas)) {} }
    let scratch = ScratchAreas(base: areas.bytes.baseAddress!, byteCount: 64)
    let most = 200
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: most)
    defer { counts.deallocate() }
    var missed = 0
    do {
      let pool = try ThreadPool(memory: memory.bytes.baseAddress!, threadCount: threadCount)
      #expect(pool.threadCount == threadCount)
      for loop in 0..<600 {
        let taskCount = loop % 7 == 0 ? loop % 3 : loop % most
        counts.initialize(repeating: 0, count: most)
        for thread in 0..<threadCount { scratch[thread].offsets[0] = 0 }
        pool.run(CountingJob(taskCount: taskCount, counts: counts), scratch: scratch)
        for task in 0..<most where counts[task] != (task < taskCount ? 1 : 0) { missed += 1 }
        let counted = (0..<threadCount).reduce(0) { $0 + Int(scratch[$1].offsets[0]) }
        if counted != taskCount { missed += 1 }
        // Long enough for the others to fall asleep.
        if loop % 100 == 0 { usleep(2000) }
      }
    }
    #expect(missed == 0)
    #expect(memory.isIntact && areas.isIntact)
  }

  private struct MaskJob: PoolJob {
    let taskCount = 32

    static let signals = [SIGINT, SIGTERM, SIGALRM, SIGUSR1, SIGCHLD, SIGSEGV, SIGBUS, SIGPROF]
    static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

    /// Notes what the thread has blocked of `signals`, a bit each. Rests, so that every thread takes a task.
    func run(task: Int, scratch: Scratch) {
      usleep(5_000)
      var mask = sigset_t()
      pthread_sigmask(SIG_SETMASK, nil, &mask)
      for (index, signal) in Self.signals.enumerated() where sigismember(&mask, signal) == 1 {
        scratch.offsets[0] |= 1 << Int32(index)
      }
    }
  }

  /// A program's handlers run on its own threads, and the one that starts a pool keeps its mask.
  @Test func workersTakeNoSignals() throws {
    let threadCount = 4
    let memory = GuardedMemory(byteCount: ThreadPool.byteCount)
    let areas = GuardedMemory(byteCount: threadCount * 64, fill: 0)
    defer { withExtendedLifetime((memory, areas)) {} }
    let scratch = ScratchAreas(base: areas.bytes.baseAddress!, byteCount: 64)
    // A test's thread may take no signals either, and workers begin with its mask.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let pool = try ThreadPool(memory: memory.bytes.baseAddress!, threadCount: threadCount)
    pool.run(MaskJob(), scratch: scratch)
    #expect(scratch[0].offsets[0] == 0)
    for thread in 1..<threadCount { #expect(scratch[thread].offsets[0] == 0b0001_1111) }
  }

  private struct RacingJob: PoolJob {
    let taskCount = 8
    let count: UnsafeMutablePointer<UInt32>

    static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

    /// Rests first, so that the other threads wake up meanwhile and take their tasks.
    func run(task: Int, scratch: Scratch) {
      usleep(10_000)
      count.pointee &+= 1
    }
  }

  /// Tasks that write to one place: what ThreadSanitizer has to find; see Scripts/sanitize.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SPADE_PLANTED_RACE"] != nil))
  func aPlantedRace() throws {
    let memory = GuardedMemory(byteCount: ThreadPool.byteCount)
    let areas = GuardedMemory(byteCount: 4 * 64, fill: 0)
    let count = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    defer {
      count.deallocate()
      withExtendedLifetime((memory, areas)) {}
    }
    count.initialize(to: 0)
    let pool = try ThreadPool(memory: memory.bytes.baseAddress!, threadCount: 4)
    let scratch = ScratchAreas(base: areas.bytes.baseAddress!, byteCount: 64)
    for _ in 0..<20 { pool.run(RacingJob(count: count), scratch: scratch) }
    #expect(count.pointee <= 160)
  }
}
