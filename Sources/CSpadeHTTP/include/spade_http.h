// A small HTTP/1.1 server over libevent's evhttp: one thread that talks to clients and one that works. What clients can cost is
// bounded: connections, bytes of headers and bodies, seconds of a request, requests that wait for the worker.
#ifndef SPADE_HTTP_H
#define SPADE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct spade_http spade_http;

/// A request and its answer.
typedef struct spade_http_exchange spade_http_exchange;

enum {
  SPADE_HTTP_CONNECTIONS = 32,             // open at a time; others wait in the system's backlog, and answers then end their connection
  SPADE_HTTP_HEADER_BYTES = 8 << 10,       // of the request line and all headers
  SPADE_HTTP_BODY_BYTES = 8 << 20,
  SPADE_HTTP_REQUEST_SECONDS = 20,         // from a connection's first byte, or the last answer, to a whole request; and for an answer
  SPADE_HTTP_QUEUE = 8                     // requests that wait for the worker
};

typedef enum { spade_http_get, spade_http_head, spade_http_post } spade_http_method;

typedef struct {
  void *context;
  /// Called on the serving thread with every whole request: answers it at once, or leaves it for `work`.
  /// - Returns: whether it was answered.
  bool (*receive)(void *context, spade_http_exchange *exchange);
  /// Called on the working thread with a request that `receive` left, one at a time: answers it.
  void (*work)(void *context, spade_http_exchange *exchange);
} spade_http_handlers;

/// Since the start.
typedef struct {
  uint64_t answers[6];  // by the hundreds of their status
  uint64_t replaced;    // waiting requests that a newer one of their page replaced
  uint64_t overflows;   // requests that found the queue full
  uint32_t connections; // open now
  uint32_t waiting;     // for the worker now
} spade_http_counts;

/// A socket that listens at `port` of this machine's loopback address, or of all its addresses. Port 0 lets the system choose.
/// - Returns: the socket, or −1 with the errno in `error`.
int spade_http_listen(uint16_t port, bool all_addresses, int *error);

/// The port that a listening socket has.
uint16_t spade_http_port(int listening_socket);

/// Serves until SIGINT, SIGTERM or spade_http_stop(), and closes the socket.
/// - Returns: 0, or −1 where the system gave no memory or no thread.
int spade_http_serve(int listening_socket, const spade_http_handlers *handlers);

/// Ends spade_http_serve(). From any thread, once it serves.
void spade_http_stop(void);

spade_http_counts spade_http_count(void);

// MARK: Work done, counted on one thread and read on another

void spade_http_tally_add(uint64_t nanoseconds);
uint64_t spade_http_tally_count(void);
uint64_t spade_http_tally_nanoseconds(void);

// MARK: The request. Texts live as long as the exchange.

spade_http_method spade_http_request_method(const spade_http_exchange *exchange);

/// As sent, without the query: not decoded.
const char *spade_http_request_path(const spade_http_exchange *exchange);

/// What follows the question mark, not decoded, or "".
const char *spade_http_request_query(const spade_http_exchange *exchange);

/// The value of a header by its name in any case, or NULL.
const char *spade_http_request_header(const spade_http_exchange *exchange, const char *name);

const uint8_t *spade_http_request_body(const spade_http_exchange *exchange, size_t *byte_count);

/// Nanoseconds that the request waited for the worker.
uint64_t spade_http_request_wait(const spade_http_exchange *exchange);

/// Requests of the same `page` that wait replace each other: the newest stays, the other is answered with status 409. 0, the default,
/// stands for none. To be called by `receive`.
void spade_http_set_page(spade_http_exchange *exchange, uint64_t page);

// MARK: The answer. Everything given is copied; a header that does not fit in memory is left out.

void spade_http_answer_header(spade_http_exchange *exchange, const char *name, const char *value);

/// Completes the answer, once. Without memory for the body the answer is status 503 without one.
void spade_http_answer(spade_http_exchange *exchange, int status, const uint8_t *body, size_t byte_count);

// MARK: This machine

/// Its name, zero-terminated and at most `size` − 1 bytes; "" where it has none.
void spade_http_host_name(char *name, size_t size);

/// Its `index`-th IPv4 address on a network, as text of at most 15 characters; loopback is left out.
/// - Returns: whether there is one.
bool spade_http_address(size_t index, char text[16]);

#endif
