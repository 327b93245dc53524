#include <stdatomic.h>

#include "spade_http.h"

static _Atomic uint64_t count, sum;

void spade_http_tally_add(uint64_t nanoseconds) {
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&sum, nanoseconds, memory_order_relaxed);
}

uint64_t spade_http_tally_count(void) { return atomic_load_explicit(&count, memory_order_relaxed); }

uint64_t spade_http_tally_nanoseconds(void) { return atomic_load_explicit(&sum, memory_order_relaxed); }
