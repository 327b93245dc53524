// The sum of tap rows, compiled for each vector width.
#ifndef SPADE_PLAIN_S32_TAP_SUM_H
#define SPADE_PLAIN_S32_TAP_SUM_H

#include "../numeric.h"

/// A row, in as many registers as it takes.
typedef uint32_t spade_tap_row __attribute__((vector_size(4 * SPADE_PANEL_COLUMNS)));

static void spade_s32_tap_sum__plain(const spade_tap_sum *p) {
  const size_t count = p->tap_count, stride = p->offset_stride;
  const int32_t *table = p->table;
  for (size_t row = 0; row < p->row_count; row++) {
    spade_tap_row sum, addend;
    __builtin_memcpy(&sum, p->bias, sizeof sum);
    const int32_t *offset = p->offsets + row;
    for (size_t tap = 0; tap < count; tap++, offset += stride) {
      __builtin_memcpy(&addend, table + *offset, sizeof addend);
      sum += addend;
    }
    __builtin_memcpy(p->accumulators + row * SPADE_PANEL_COLUMNS, &sum, sizeof sum);
  }
}

#endif
