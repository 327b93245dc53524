// The thread that answers what takes long, and what waits for it.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "server.h"

static void *work(void *context) {
  spade_http *server = context;
  spade_http_queue *queue = &server->queue;
  pthread_mutex_lock(&queue->lock);
  for (;;) {
    while (queue->count == 0 && !queue->is_ending) pthread_cond_wait(&queue->changed, &queue->lock);
    if (queue->is_ending) break;
    spade_http_exchange *exchange = queue->waiting[0];
    memmove(queue->waiting, queue->waiting + 1, --queue->count * sizeof *queue->waiting);
    pthread_mutex_unlock(&queue->lock);

    exchange->waited = spade_http_clock() - exchange->arrived;
    server->handlers.work(server->handlers.context, exchange);

    pthread_mutex_lock(&queue->lock);
    exchange->next = queue->answered;
    queue->answered = exchange;
    const uint64_t one = 1;
    // An eventfd takes 2^64 − 2 of these before it refuses one.
    while (write(queue->wake, &one, sizeof one) < 0 && errno == EINTR) {}
  }
  pthread_mutex_unlock(&queue->lock);
  return NULL;
}

bool spade_http_start_worker(spade_http *server) {
  spade_http_queue *queue = &server->queue;
  pthread_mutex_init(&queue->lock, NULL);
  pthread_cond_init(&queue->changed, NULL);
  queue->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (queue->wake < 0) return false;
  // Signals go to the serving thread.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int error = pthread_create(&queue->thread, NULL, work, server);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (error) close(queue->wake);
  return !error;
}

void spade_http_stop_worker(spade_http *server) {
  spade_http_queue *queue = &server->queue;
  pthread_mutex_lock(&queue->lock);
  queue->is_ending = true;
  pthread_cond_signal(&queue->changed);
  pthread_mutex_unlock(&queue->lock);
  pthread_join(queue->thread, NULL);
  close(queue->wake);
}

void spade_http_drop_exchanges(spade_http *server) {
  spade_http_queue *queue = &server->queue;
  for (size_t index = 0; index < queue->count; index++) free(queue->waiting[index]);
  queue->count = 0;
  while (queue->answered) {
    spade_http_exchange *next = queue->answered->next;
    free(queue->answered->answer);
    free(queue->answered);
    queue->answered = next;
  }
}

spade_http_exchange *spade_http_enqueue(spade_http *server, spade_http_exchange *exchange) {
  spade_http_queue *queue = &server->queue;
  spade_http_exchange *older = NULL;
  bool is_full = false;
  exchange->arrived = spade_http_clock();
  pthread_mutex_lock(&queue->lock);
  for (size_t index = 0; index < queue->count && exchange->page != 0 && !older; index++) {
    if (queue->waiting[index]->page != exchange->page) continue;
    older = queue->waiting[index];
    queue->waiting[index] = exchange;
    server->counts.replaced++;
  }
  if (!older && queue->count == SPADE_HTTP_QUEUE) {
    is_full = true;
    server->counts.overflows++;
  } else if (!older) {
    queue->waiting[queue->count++] = exchange;
    pthread_cond_signal(&queue->changed);
  }
  pthread_mutex_unlock(&queue->lock);
  if (older) return spade_http_refuse(older, 409, "{\"error\":\"A newer request of the same page replaced this one.\"}\n");
  if (!is_full) return NULL;
  spade_http_answer_header(exchange, "Retry-After", "1");
  return spade_http_refuse(exchange, 503, "{\"error\":\"Too many pictures are waiting; try again in a second.\"}\n");
}

spade_http_exchange *spade_http_take_answered(spade_http *server) {
  spade_http_queue *queue = &server->queue;
  uint64_t count;
  while (read(queue->wake, &count, sizeof count) < 0 && errno == EINTR) {}
  pthread_mutex_lock(&queue->lock);
  spade_http_exchange *answered = queue->answered;
  queue->answered = NULL;
  pthread_mutex_unlock(&queue->lock);
  return answered;
}
