// For pthread_sigmask() where the compiler keeps to the C standard.
#define _POSIX_C_SOURCE 200809L

#include "spade_platform.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

typedef struct {
  /// The next task of this thread's share of the loop; the share ends where the next thread's begins.
  _Alignas(64) atomic_size_t next_task;
  spade_pool *pool;
  size_t index;
  pthread_t thread;
} worker;

enum {
  /// Looks at a counter before a thread goes to sleep on it: a few hundred microseconds. Steps of a frame follow each
  /// other sooner than that, and waking would cost a good part of a short step; between frames everybody sleeps.
  SPIN_COUNT = 20000,
  /// Looks between two offers of the core to other threads: where there are more threads than cores, the awaited one may
  /// need it.
  YIELD_INTERVAL = 256,
  /// Bytes of a thread's stack, many times what tasks use. The system's usual 8 MiB would count towards a limit on
  /// memory, and the C library keeps stacks of threads that have ended.
  STACK_SIZE = 256 * 1024,
};

static const size_t CLOSED = (size_t)1 << 32;

struct spade_pool {
  pthread_mutex_t mutex;
  pthread_cond_t work;
  pthread_cond_t done;
  size_t thread_count;
  void (*body)(void *, size_t, size_t);
  void *context;
  size_t task_count;
  /// Counts the loops started; a worker that has seen a smaller number has work.
  _Alignas(64) atomic_size_t generation;
  /// Workers inside the current loop, plus CLOSED when it takes no more: the caller never waits for a worker that has
  /// not begun.
  _Alignas(64) atomic_size_t active;
  atomic_int stopping;
  worker workers[SPADE_POOL_MAX_THREADS];
};

_Static_assert(sizeof(spade_pool) == SPADE_POOL_SIZE, "SPADE_POOL_SIZE is the pool's size");

static inline void relax(int look) {
  if (look % YIELD_INTERVAL == YIELD_INTERVAL - 1) sched_yield();
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  __asm__ volatile("yield");
#endif
}

size_t spade_pool_thread_count(const spade_pool *pool) { return pool->thread_count; }

/// The first task of a thread's share.
static size_t share_start(const spade_pool *pool, size_t thread) {
  return thread * pool->task_count / pool->thread_count;
}

/// Takes the tasks of the thread's own share, then what is left of the others'. Shares that stay with a thread from loop to
/// loop keep their data in its cache.
static void take_tasks(spade_pool *pool, size_t thread) {
  for (size_t i = 0; i < pool->thread_count; i++) {
    const size_t owner = (thread + i) % pool->thread_count;
    const size_t end = share_start(pool, owner + 1);
    for (;;) {
      const size_t task = atomic_fetch_add_explicit(&pool->workers[owner].next_task, 1, memory_order_relaxed);
      if (task >= end) break;
      pool->body(pool->context, task, thread);
    }
  }
}

static int has_work(spade_pool *pool, size_t seen) {
  return atomic_load_explicit(&pool->generation, memory_order_acquire) != seen ||
         atomic_load_explicit(&pool->stopping, memory_order_relaxed);
}

static void await_work(spade_pool *pool, size_t seen) {
  for (int i = 0; i < SPIN_COUNT; i++) {
    if (has_work(pool, seen)) return;
    relax(i);
  }
  pthread_mutex_lock(&pool->mutex);
  while (!has_work(pool, seen)) pthread_cond_wait(&pool->work, &pool->mutex);
  pthread_mutex_unlock(&pool->mutex);
}

static int all_left(spade_pool *pool) { return atomic_load_explicit(&pool->active, memory_order_acquire) == CLOSED; }

static void await_workers(spade_pool *pool) {
  for (int i = 0; i < SPIN_COUNT; i++) {
    if (all_left(pool)) return;
    relax(i);
  }
  pthread_mutex_lock(&pool->mutex);
  while (!all_left(pool)) pthread_cond_wait(&pool->done, &pool->mutex);
  pthread_mutex_unlock(&pool->mutex);
}

/// Joins the current loop unless it is closed.
static int enter(spade_pool *pool) {
  size_t active = atomic_load_explicit(&pool->active, memory_order_relaxed);
  while (!(active & CLOSED)) {
    if (atomic_compare_exchange_weak_explicit(&pool->active, &active, active + 1, memory_order_acquire,
                                              memory_order_relaxed))
      return 1;
  }
  return 0;
}

static void leave(spade_pool *pool) {
  if (atomic_fetch_sub_explicit(&pool->active, 1, memory_order_release) != CLOSED + 1) return;
  // Under the mutex, so that the signal cannot fall between the caller's look and its sleep.
  pthread_mutex_lock(&pool->mutex);
  pthread_cond_signal(&pool->done);
  pthread_mutex_unlock(&pool->mutex);
}

static void *worker_main(void *argument) {
  worker *self = argument;
  spade_pool *pool = self->pool;
  size_t seen = 0;
  for (;;) {
    await_work(pool, seen);
    if (atomic_load_explicit(&pool->stopping, memory_order_relaxed)) return NULL;
    seen = atomic_load_explicit(&pool->generation, memory_order_acquire);
    if (!enter(pool)) continue;
    take_tasks(pool, self->index);
    leave(pool);
  }
}

/// Blocks the signals that come to a process from outside; those of a thread's own faults stay. A worker then never runs a program's
/// handler, whose stack and locks it does not know.
static void block_signals(sigset_t *before) {
  static const int faults[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGABRT, SIGSYS, SIGPROF};
  sigset_t blocked;
  sigfillset(&blocked);
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&blocked, faults[i]);
  pthread_sigmask(SIG_SETMASK, &blocked, before);
}

spade_pool *spade_pool_start(void *memory, size_t thread_count) {
  spade_pool *pool = memory;
  if (thread_count < 1 || thread_count > SPADE_POOL_MAX_THREADS) return NULL;
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->done, NULL);
  pool->thread_count = 1;
  atomic_store_explicit(&pool->active, CLOSED, memory_order_relaxed);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_SIZE);
  // Threads begin with the mask of the one that makes them.
  sigset_t before;
  block_signals(&before);
  for (size_t i = 1; i < thread_count; i++) {
    worker *w = &pool->workers[i];
    w->pool = pool;
    w->index = i;
    if (pthread_create(&w->thread, &attributes, worker_main, w) != 0) break;
    pool->thread_count = i + 1;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  if (pool->thread_count == thread_count) return pool;
  spade_pool_stop(pool);
  return NULL;
}

void spade_pool_stop(spade_pool *pool) {
  pthread_mutex_lock(&pool->mutex);
  atomic_store_explicit(&pool->stopping, 1, memory_order_relaxed);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);
  for (size_t i = 1; i < pool->thread_count; i++) pthread_join(pool->workers[i].thread, NULL);
  pthread_cond_destroy(&pool->done);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->mutex);
}

void spade_pool_run(spade_pool *pool, size_t task_count, void (*body)(void *, size_t, size_t), void *context) {
  if (pool->thread_count == 1 || task_count <= 1) {
    for (size_t task = 0; task < task_count; task++) body(context, task, 0);
    return;
  }
  pool->body = body;
  pool->context = context;
  pool->task_count = task_count;
  for (size_t i = 0; i < pool->thread_count; i++)
    atomic_store_explicit(&pool->workers[i].next_task, share_start(pool, i), memory_order_relaxed);
  atomic_store_explicit(&pool->active, 0, memory_order_release);
  pthread_mutex_lock(&pool->mutex);
  atomic_fetch_add_explicit(&pool->generation, 1, memory_order_release);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);

  take_tasks(pool, 0);
  atomic_fetch_or_explicit(&pool->active, CLOSED, memory_order_acq_rel);
  await_workers(pool);
}
