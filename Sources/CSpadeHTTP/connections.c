// Which connections are open, and for how long they may take: evhttp's own time-out begins anew with every byte.
#define _GNU_SOURCE
#include <event2/listener.h>
#include <sys/socket.h>

#include "server.h"

// Also the time that an ended connection keeps its place.
enum { sweep_milliseconds = 20 };

static void schedule_sweep(spade_http *server) {
  struct timeval interval = {.tv_usec = sweep_milliseconds * 1000};
  evtimer_add(server->sweep, &interval);
}

// evhttp asks for the stream of a connection that it has just accepted.
struct bufferevent *spade_http_accept(struct event_base *base, void *context) {
  spade_http *server = context;
  size_t open = 0;
  spade_http_connection *place = NULL;
  for (size_t index = 0; index < SPADE_HTTP_CONNECTIONS; index++) {
    if (server->connections[index].stream) open++;
    else if (!place) place = &server->connections[index];
  }
  struct bufferevent *stream = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
  // Safe: the listener is off while no place is free.
  if (!stream || !place) return stream;
  // The reference keeps the pointer good after evhttp has let go of it.
  bufferevent_incref(stream);
  *place = (spade_http_connection){.stream = stream, .since = spade_http_clock()};
  if (open + 1 == SPADE_HTTP_CONNECTIONS) evconnlistener_disable(server->listener);
  schedule_sweep(server);
  return stream;
}

// bufferevent_free() takes the callbacks away first.
static bool is_released(struct bufferevent *stream) {
  bufferevent_data_cb read, write;
  bufferevent_event_cb event;
  void *context;
  bufferevent_getcb(stream, &read, &write, &event, &context);
  return !read && !write && !event;
}

void spade_http_sweep(int socket, short events, void *context) {
  (void)socket, (void)events;
  spade_http *server = context;
  const uint64_t now = spade_http_clock();
  uint32_t open = 0;
  for (size_t index = 0; index < SPADE_HTTP_CONNECTIONS; index++) {
    spade_http_connection *connection = &server->connections[index];
    if (!connection->stream) continue;
    if (is_released(connection->stream)) {
      bufferevent_decref(connection->stream);
      connection->stream = NULL;
      continue;
    }
    open++;
    const bool is_late = now - connection->since > (uint64_t)SPADE_HTTP_REQUEST_SECONDS * 1000000000;
    // evhttp finds the stream ended and frees it.
    if (is_late && !connection->is_answering) shutdown(bufferevent_getfd(connection->stream), SHUT_RDWR);
  }
  pthread_mutex_lock(&server->queue.lock);
  server->counts.connections = open;
  pthread_mutex_unlock(&server->queue.lock);
  if (open < SPADE_HTTP_CONNECTIONS) evconnlistener_enable(server->listener);
  if (open > 0) schedule_sweep(server);
}

spade_http_connection *spade_http_connection_of(spade_http *server, struct evhttp_request *request) {
  struct evhttp_connection *connection = evhttp_request_get_connection(request);
  if (!connection) return NULL;
  struct bufferevent *stream = evhttp_connection_get_bufferevent(connection);
  for (size_t index = 0; index < SPADE_HTTP_CONNECTIONS; index++) {
    if (server->connections[index].stream == stream) return &server->connections[index];
  }
  return NULL;
}

bool spade_http_is_full(const spade_http *server) {
  for (size_t index = 0; index < SPADE_HTTP_CONNECTIONS; index++) {
    if (!server->connections[index].stream) return false;
  }
  return true;
}

void spade_http_release_connections(spade_http *server) {
  for (size_t index = 0; index < SPADE_HTTP_CONNECTIONS; index++) {
    if (server->connections[index].stream) bufferevent_decref(server->connections[index].stream);
    server->connections[index].stream = NULL;
  }
}
