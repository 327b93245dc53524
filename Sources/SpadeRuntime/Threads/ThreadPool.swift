import CSpadePlatform
import SpadeModel

/// A fixed set of threads that share the tasks of one job at a time. The calling thread is one of them.
@usableFromInline
struct ThreadPool: ~Copyable {
  @usableFromInline let pool: OpaquePointer

  /// Bytes of memory a pool needs, 64-byte aligned.
  static var byteCount: Int { Int(SPADE_POOL_SIZE) }

  /// - Parameters:
  ///   - memory: `byteCount` bytes that outlive the pool.
  ///   - threadCount: One of `ArenaLayout.threadCounts`.
  init(memory: UnsafeMutableRawPointer, threadCount: Int) throws(InputError) {
    assert(Self.byteCount == ArenaLayout.poolByteCount)
    assert(ArenaLayout.threadCounts == 1...Int(SPADE_POOL_MAX_THREADS))
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: Self.byteCount)
    guard let pool = spade_pool_start(memory, threadCount) else { throw .threadsRefused }
    self.pool = pool
  }

  @inlinable deinit { spade_pool_stop(pool) }

  var threadCount: Int { spade_pool_thread_count(pool) }
}
