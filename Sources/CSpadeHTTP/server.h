// What the files of this folder share.
#ifndef SPADE_HTTP_SERVER_H
#define SPADE_HTTP_SERVER_H

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <pthread.h>

#include "spade_http.h"

struct spade_http_exchange {
  struct evhttp_request *request;
  uint8_t *answer;
  size_t answer_count;
  int status;
  uint64_t page;
  uint64_t arrived;  // nanoseconds, when the request began to wait
  uint64_t waited;
  struct spade_http_exchange *next;  // in a list of answered ones
};

/// A connection from its accept to its end.
typedef struct {
  struct bufferevent *stream;  // with a reference of ours; NULL for a free place
  bool is_answering;           // between a whole request and its answer
  uint64_t since;              // nanoseconds: the accept, or the last answer
} spade_http_connection;

/// The exchanges that wait for the worker, and those that it has answered.
typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t changed;
  spade_http_exchange *waiting[SPADE_HTTP_QUEUE];  // the first to come first
  size_t count;
  spade_http_exchange *answered;
  bool is_ending;
  int wake;  // an eventfd that is written when `answered` is not empty
  pthread_t thread;
} spade_http_queue;

struct spade_http {
  struct event_base *base;
  struct evhttp *http;
  struct evconnlistener *listener;
  struct event *sweep;
  spade_http_handlers handlers;
  spade_http_connection connections[SPADE_HTTP_CONNECTIONS];
  spade_http_queue queue;
  spade_http_counts counts;  // under the queue's lock
};

uint64_t spade_http_clock(void);

// connections.c
struct bufferevent *spade_http_accept(struct event_base *base, void *server);
void spade_http_sweep(int socket, short events, void *server);
spade_http_connection *spade_http_connection_of(spade_http *server, struct evhttp_request *request);
/// Whether further clients wait for a place.
bool spade_http_is_full(const spade_http *server);
void spade_http_release_connections(spade_http *server);

// worker.c
bool spade_http_start_worker(spade_http *server);
void spade_http_stop_worker(spade_http *server);
/// Frees what nobody will answer, after the worker has ended.
void spade_http_drop_exchanges(spade_http *server);
/// - Returns: an exchange that gives way and has its answer, or NULL.
spade_http_exchange *spade_http_enqueue(spade_http *server, spade_http_exchange *exchange);
spade_http_exchange *spade_http_take_answered(spade_http *server);

// exchange.c
spade_http_exchange *spade_http_exchange_make(struct evhttp_request *request);
/// Completes the answer of a request that is not looked at any further.
spade_http_exchange *spade_http_refuse(spade_http_exchange *exchange, int status, const char *json);
/// Hands the answer to evhttp and frees the exchange.
void spade_http_send(spade_http *server, spade_http_exchange *exchange);

#endif
