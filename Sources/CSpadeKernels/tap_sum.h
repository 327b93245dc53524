// The sum of tap rows, written once and compiled for each vector width.
#ifndef SPADE_TAP_SUM_H
#define SPADE_TAP_SUM_H

#include "numeric.h"

static inline __attribute__((always_inline)) void spade_tap_sum_rows(const spade_tap_sum *p) {
  for (size_t row = 0; row < p->row_count; row++) {
    uint32_t sum[SPADE_PANEL_COLUMNS];
    for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++) sum[c] = (uint32_t)p->bias[c];
    for (size_t tap = 0; tap < p->tap_count; tap++) {
      const int32_t *addend = p->table + p->offsets[tap * p->offset_stride + row];
      for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++) sum[c] += (uint32_t)addend[c];
    }
    __builtin_memcpy(p->accumulators + row * SPADE_PANEL_COLUMNS, sum, sizeof sum);
  }
}

void spade_s32_tap_sum__portable(const spade_tap_sum *);
void spade_s32_tap_sum__avx2(const spade_tap_sum *);

#endif
