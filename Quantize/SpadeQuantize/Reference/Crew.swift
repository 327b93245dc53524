import CSpadePlatform
import CSpadeSystem
import Glibc

/// The threads of float32 work: as many as this process has cores, from their first use on.
final class Crew: @unchecked Sendable {
  static let shared = Crew()

  /// `nil` where the system refuses threads.
  private let pool: OpaquePointer?
  private let isBusy = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  private init() {
    pthread_mutex_init(isBusy, nil)
    let place = UnsafeMutableRawPointer.allocate(byteCount: Int(SPADE_POOL_SIZE), alignment: 64)
    place.initializeMemory(as: UInt8.self, repeating: 0, count: Int(SPADE_POOL_SIZE))
    pool = spade_pool_start(place, min(spade_core_count(), Int(SPADE_POOL_MAX_THREADS)))
  }

  /// Calls `body` once for each task in `0..<count`, on several threads in any order, and returns when all calls have. While the threads
  /// have other work, also within a task, the calling thread does all of it.
  func run(_ count: Int, _ body: (_ task: Int) -> Void) {
    guard count > 1, let pool, pthread_mutex_trylock(isBusy) == 0 else {
      for task in 0..<count { body(task) }
      return
    }
    defer { pthread_mutex_unlock(isBusy) }
    withoutActuallyEscaping(body) { body in
      struct Work { let body: (Int) -> Void }
      var work = Work(body: body)
      withUnsafeMutablePointer(to: &work) { work in
        spade_pool_run(
          pool, count,
          { context, task, _ in
            // Safe: the context is `work`, which outlives the call.
            context.unsafelyUnwrapped.assumingMemoryBound(to: Work.self).pointee.body(task)
          }, work)
      }
    }
  }
}
