// Sums over codes of two bytes, compiled for each vector width.
#ifndef SPADE_PLAIN_S32_JOIN_H
#define SPADE_PLAIN_S32_JOIN_H

#include "../numeric.h"

/// A row, in as many registers as it takes.
typedef uint32_t spade_join_row __attribute__((vector_size(4 * SPADE_PANEL_COLUMNS)));

static void spade_s32_join__plain(const spade_join *p) {
  spade_join_row bias, high, low;
  __builtin_memcpy(&bias, p->bias, sizeof bias);
  for (size_t row = 0; row < p->row_count; row++) {
    int32_t *sums = p->accumulators + row * SPADE_PANEL_COLUMNS;
    __builtin_memcpy(&high, sums, sizeof high);
    __builtin_memcpy(&low, sums + p->row_count * SPADE_PANEL_COLUMNS, sizeof low);
    high = p->high * (high - bias) + low;
    __builtin_memcpy(sums, &high, sizeof high);
  }
}

#endif
