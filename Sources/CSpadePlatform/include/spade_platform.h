// What the runtime needs from the operating system: a pool of threads and the CPU's features.
#ifndef SPADE_PLATFORM_H
#define SPADE_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

enum {
  SPADE_POOL_MAX_THREADS = 64,
  /// Bytes a pool occupies.
  SPADE_POOL_SIZE = 4416,
};

/// A fixed set of threads that run one parallel loop at a time. Threads without work sleep.
typedef struct spade_pool spade_pool;

/// Starts `thread_count − 1` threads in `memory` (SPADE_POOL_SIZE bytes, 64-byte aligned, zeroed); the calling thread
/// is the last worker. They take no signals but those of their own faults and SIGPROF.
/// - Returns: the pool, or NULL when the system refuses a thread (none is left running then).
spade_pool *spade_pool_start(void *memory, size_t thread_count);

/// Ends and joins the threads.
void spade_pool_stop(spade_pool *pool);

size_t spade_pool_thread_count(const spade_pool *pool);

/// Calls `body(context, task, thread)` once for every task in 0 ..< `task_count`, on any thread in any order, and
/// returns when all calls have returned. Neither allocates nor fails. `thread` is below the pool's thread count.
void spade_pool_run(spade_pool *pool, size_t task_count, void (*body)(void *context, size_t task, size_t thread),
                    void *context);

/// The `SPADE_CPU_…` bits of `spade_kernels.h` that this CPU and operating system support.
uint32_t spade_cpu_features(void);

#endif
