import CSpadePlatform

/// Calls `body` once for each task, on several threads in any order, and returns when all calls have.
/// - Parameter body: Gets the task in `0..<taskCount` and the thread in `0..<threadCount`; a thread has one call at a time.
package func onThreads(
  _ threadCount: Int, taskCount: Int, _ body: @escaping (_ task: Int, _ thread: Int) -> Void
) throws(Failure) {
  let place = try AlignedMemory(byteCount: Int(SPADE_POOL_SIZE))
  place.bytes.initializeMemory(as: UInt8.self, repeating: 0)
  defer { withExtendedLifetime(place) {} }
  guard let pool = spade_pool_start(place.bytes.baseAddress, threadCount) else {
    throw Failure("The system refuses to start \(threadCount) threads; give a smaller number.")
  }
  defer { spade_pool_stop(pool) }
  struct Work { let body: (Int, Int) -> Void }
  var work = Work(body: body)
  withUnsafeMutablePointer(to: &work) { work in
    spade_pool_run(
      pool, taskCount,
      { context, task, thread in
        // Safe: the context is `work`, which outlives the call.
        context.unsafelyUnwrapped.assumingMemoryBound(to: Work.self).pointee.body(task, thread)
      }, work)
  }
}
