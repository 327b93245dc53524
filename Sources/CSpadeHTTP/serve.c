#define _GNU_SOURCE
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/listener.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server.h"

// A process serves once at a time; its counts and its end are asked for without a handle.
static spade_http *serving;

uint64_t spade_http_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// evhttp takes any numbers, and would begin its answer with them.
static bool has_known_version(struct evhttp_request *request) {
  if (request->major == 1 && (request->minor == 0 || request->minor == 1)) return true;
  request->major = request->minor = 1;
  return false;
}

static void receive(struct evhttp_request *request, void *context) {
  spade_http *server = context;
  spade_http_exchange *exchange = spade_http_exchange_make(request);
  if (!exchange) {
    evhttp_send_reply(request, 503, NULL, NULL);
    return;
  }
  spade_http_connection *connection = spade_http_connection_of(server, request);
  if (connection) connection->is_answering = true;
  if (!has_known_version(request)) {
    spade_http_refuse(exchange, 505, "{\"error\":\"HTTP 1.0 and 1.1 are spoken here.\"}\n");
    spade_http_send(server, exchange);
    return;
  }
  if (!server->handlers.receive(server->handlers.context, exchange)) {
    exchange = spade_http_enqueue(server, exchange);
  }
  if (exchange) spade_http_send(server, exchange);
}

static void send_answered(int socket, short events, void *context) {
  (void)socket, (void)events;
  spade_http_exchange *exchange = spade_http_take_answered(context);
  while (exchange) {
    spade_http_exchange *next = exchange->next;
    spade_http_send(context, exchange);
    exchange = next;
  }
}

static void end(int signal, short events, void *base) {
  (void)signal, (void)events;
  event_base_loopbreak(base);
}

static void end_on(spade_http *server, int signal, struct event **event) {
  *event = evsignal_new(server->base, signal, end, server->base);
  if (*event) event_add(*event, NULL);
}

// Sets up everything that the loop needs; what it made is in `server` even after a failure.
static bool open_server(spade_http *server, int listening_socket, struct event **answers) {
  server->base = event_base_new();
  if (!server->base) return false;
  server->http = evhttp_new(server->base);
  server->sweep = evtimer_new(server->base, spade_http_sweep, server);
  if (!server->http || !server->sweep) return false;
  evhttp_set_max_headers_size(server->http, SPADE_HTTP_HEADER_BYTES);
  evhttp_set_max_body_size(server->http, SPADE_HTTP_BODY_BYTES);
  evhttp_set_timeout(server->http, SPADE_HTTP_REQUEST_SECONDS);
  evhttp_set_allowed_methods(server->http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST);
  evhttp_set_default_content_type(server->http, NULL);
  evhttp_set_bevcb(server->http, spade_http_accept, server);
  evhttp_set_gencb(server->http, receive, server);
  struct evhttp_bound_socket *bound = evhttp_accept_socket_with_handle(server->http, listening_socket);
  if (!bound) return false;
  server->listener = evhttp_bound_socket_get_listener(bound);
  *answers = event_new(server->base, server->queue.wake, EV_READ | EV_PERSIST, send_answered, server);
  return *answers && event_add(*answers, NULL) == 0;
}

int spade_http_serve(int listening_socket, const spade_http_handlers *handlers) {
  spade_http *server = calloc(1, sizeof *server);
  if (!server) return -1;
  server->handlers = *handlers;
  signal(SIGPIPE, SIG_IGN);
  if (!spade_http_start_worker(server)) {
    free(server);
    return -1;
  }
  struct event *answers = NULL, *interrupt = NULL, *terminate = NULL;
  const bool is_open = open_server(server, listening_socket, &answers);
  if (is_open) {
    end_on(server, SIGINT, &interrupt);
    end_on(server, SIGTERM, &terminate);
    __atomic_store_n(&serving, server, __ATOMIC_RELEASE);
    event_base_dispatch(server->base);
    __atomic_store_n(&serving, NULL, __ATOMIC_RELEASE);
  }
  // The worker first: it may be reading a request of evhttp's.
  spade_http_stop_worker(server);
  spade_http_drop_exchanges(server);
  spade_http_release_connections(server);
  if (answers) event_free(answers);
  if (interrupt) event_free(interrupt);
  if (terminate) event_free(terminate);
  if (server->sweep) event_free(server->sweep);
  if (server->http) evhttp_free(server->http);
  if (server->base) event_base_free(server->base);
  free(server);
  return is_open ? 0 : -1;
}

void spade_http_stop(void) {
  // evsignal's handler is the one way in that is safe from any thread.
  if (__atomic_load_n(&serving, __ATOMIC_ACQUIRE)) kill(getpid(), SIGTERM);
}

spade_http_counts spade_http_count(void) {
  spade_http *server = __atomic_load_n(&serving, __ATOMIC_ACQUIRE);
  if (!server) return (spade_http_counts){0};
  pthread_mutex_lock(&server->queue.lock);
  spade_http_counts counts = server->counts;
  counts.waiting = (uint32_t)server->queue.count;
  pthread_mutex_unlock(&server->queue.lock);
  return counts;
}
