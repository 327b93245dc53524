#include <event2/buffer.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

spade_http_exchange *spade_http_exchange_make(struct evhttp_request *request) {
  spade_http_exchange *exchange = calloc(1, sizeof *exchange);
  if (exchange) exchange->request = request;
  return exchange;
}

spade_http_method spade_http_request_method(const spade_http_exchange *exchange) {
  switch (evhttp_request_get_command(exchange->request)) {
    case EVHTTP_REQ_POST: return spade_http_post;
    case EVHTTP_REQ_HEAD: return spade_http_head;
    default: return spade_http_get;
  }
}

const char *spade_http_request_path(const spade_http_exchange *exchange) {
  const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(exchange->request);
  const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
  return path ? path : "";
}

const char *spade_http_request_query(const spade_http_exchange *exchange) {
  const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(exchange->request);
  const char *query = uri ? evhttp_uri_get_query(uri) : NULL;
  return query ? query : "";
}

const char *spade_http_request_header(const spade_http_exchange *exchange, const char *name) {
  return evhttp_find_header(evhttp_request_get_input_headers(exchange->request), name);
}

const uint8_t *spade_http_request_body(const spade_http_exchange *exchange, size_t *byte_count) {
  struct evbuffer *body = evhttp_request_get_input_buffer(exchange->request);
  *byte_count = evbuffer_get_length(body);
  const uint8_t *bytes = evbuffer_pullup(body, -1);
  if (!bytes) *byte_count = 0;
  return bytes;
}

uint64_t spade_http_request_wait(const spade_http_exchange *exchange) { return exchange->waited; }

void spade_http_set_page(spade_http_exchange *exchange, uint64_t page) { exchange->page = page; }

void spade_http_answer_header(spade_http_exchange *exchange, const char *name, const char *value) {
  evhttp_add_header(evhttp_request_get_output_headers(exchange->request), name, value);
}

void spade_http_answer(spade_http_exchange *exchange, int status, const uint8_t *body, size_t byte_count) {
  exchange->status = status;
  exchange->answer_count = 0;
  exchange->answer = NULL;
  if (byte_count == 0) return;
  exchange->answer = malloc(byte_count);
  if (!exchange->answer) {
    exchange->status = 503;
    return;
  }
  memcpy(exchange->answer, body, byte_count);
  exchange->answer_count = byte_count;
}

spade_http_exchange *spade_http_refuse(spade_http_exchange *exchange, int status, const char *json) {
  spade_http_answer_header(exchange, "Content-Type", "application/json");
  spade_http_answer(exchange, status, (const uint8_t *)json, strlen(json));
  return exchange;
}

static void free_answer(const void *bytes, size_t byte_count, void *context) {
  (void)byte_count, (void)context;
  free((void *)bytes);
}

void spade_http_send(spade_http *server, spade_http_exchange *exchange) {
  struct evhttp_request *request = exchange->request;
  spade_http_connection *connection = spade_http_connection_of(server, request);
  if (connection) *connection = (spade_http_connection){.stream = connection->stream, .since = spade_http_clock()};
  pthread_mutex_lock(&server->queue.lock);
  server->counts.answers[exchange->status / 100 % 6]++;
  pthread_mutex_unlock(&server->queue.lock);

  // Nobody keeps a connection that others wait for.
  if (spade_http_is_full(server)) spade_http_answer_header(exchange, "Connection", "close");
  struct evbuffer *body = exchange->answer ? evbuffer_new() : NULL;
  if (!body || evbuffer_add_reference(body, exchange->answer, exchange->answer_count, free_answer, NULL) != 0) {
    free(exchange->answer);
  }
  evhttp_send_reply(request, exchange->status, NULL, body);
  if (body) evbuffer_free(body);
  free(exchange);
}
