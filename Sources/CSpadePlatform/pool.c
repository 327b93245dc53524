#include "spade_platform.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct {
  spade_pool *pool;
  size_t index;
  pthread_t thread;
} worker;

struct spade_pool {
  pthread_mutex_t mutex;
  pthread_cond_t work;
  pthread_cond_t done;
  size_t thread_count;
  /// Counts the loops started; a worker that has seen a smaller number has work. Guarded by `mutex`.
  size_t generation;
  /// Workers that have not finished the current loop. Guarded by `mutex`.
  size_t running;
  int stopping;
  void (*body)(void *, size_t, size_t);
  void *context;
  size_t task_count;
  _Alignas(64) atomic_size_t next_task;
  _Alignas(64) worker workers[SPADE_POOL_MAX_THREADS];
};

size_t spade_pool_size(void) { return sizeof(spade_pool); }

size_t spade_pool_thread_count(const spade_pool *pool) { return pool->thread_count; }

static void take_tasks(spade_pool *pool, size_t thread) {
  for (;;) {
    size_t task = atomic_fetch_add_explicit(&pool->next_task, 1, memory_order_relaxed);
    if (task >= pool->task_count) return;
    pool->body(pool->context, task, thread);
  }
}

static void *worker_main(void *argument) {
  worker *self = argument;
  spade_pool *pool = self->pool;
  size_t seen = 0;
  pthread_mutex_lock(&pool->mutex);
  for (;;) {
    while (pool->generation == seen && !pool->stopping) pthread_cond_wait(&pool->work, &pool->mutex);
    if (pool->stopping) break;
    seen = pool->generation;
    pthread_mutex_unlock(&pool->mutex);
    take_tasks(pool, self->index);
    pthread_mutex_lock(&pool->mutex);
    if (--pool->running == 0) pthread_cond_signal(&pool->done);
  }
  pthread_mutex_unlock(&pool->mutex);
  return NULL;
}

spade_pool *spade_pool_start(void *memory, size_t thread_count) {
  spade_pool *pool = memory;
  if (thread_count < 1 || thread_count > SPADE_POOL_MAX_THREADS) return NULL;
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->done, NULL);
  pool->thread_count = 1;
  for (size_t i = 1; i < thread_count; i++) {
    worker *w = &pool->workers[i];
    w->pool = pool;
    w->index = i;
    if (pthread_create(&w->thread, NULL, worker_main, w) != 0) {
      spade_pool_stop(pool);
      return NULL;
    }
    pool->thread_count = i + 1;
  }
  return pool;
}

void spade_pool_stop(spade_pool *pool) {
  pthread_mutex_lock(&pool->mutex);
  pool->stopping = 1;
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
  pthread_mutex_lock(&pool->mutex);
  pool->body = body;
  pool->context = context;
  pool->task_count = task_count;
  atomic_store_explicit(&pool->next_task, 0, memory_order_relaxed);
  pool->running = pool->thread_count - 1;
  pool->generation++;
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);

  take_tasks(pool, 0);

  pthread_mutex_lock(&pool->mutex);
  while (pool->running != 0) pthread_cond_wait(&pool->done, &pool->mutex);
  pthread_mutex_unlock(&pool->mutex);
}
