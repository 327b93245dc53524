// The sum of tap rows, compiled for each vector width.
#ifndef SPADE_PLAIN_S32_TAP_SUM_H
#define SPADE_PLAIN_S32_TAP_SUM_H

#include "../numeric.h"

/// A row, in as many registers as it takes.
typedef uint32_t spade_tap_row __attribute__((vector_size(4 * SPADE_PANEL_COLUMNS)));

/// A call, and what follows from it.
typedef struct {
  const spade_tap_sum *call;
  size_t radius;
  /// Elements of one tap.
  size_t stride;
} spade_taps;

/// sum += a row of the table; `table` is that of the tap.
static inline __attribute__((always_inline)) void spade_add_tap(spade_tap_row *sum, const int32_t *table, size_t row) {
  spade_tap_row addend;
  __builtin_memcpy(&addend, table + row * SPADE_PANEL_COLUMNS, sizeof addend);
  *sum += addend;
}

/// A window with all its pixels in the plane. `size` is the kernel's, a literal where it is common.
static inline __attribute__((always_inline)) void spade_sum_inside(const spade_taps *t, size_t y, size_t x, int32_t *out,
                                                                   const size_t size) {
  const spade_tap_sum *p = t->call;
  spade_tap_row sum;
  __builtin_memcpy(&sum, p->bias, sizeof sum);
  const uint16_t *line = p->numbers + (y - t->radius) * p->width + x - t->radius;
  // Number 0 has row 1.
  const int32_t *table = p->table + SPADE_PANEL_COLUMNS;
  for (size_t i = 0; i < size; i++, line += p->width)
    for (size_t j = 0; j < size; j++, table += t->stride) spade_add_tap(&sum, table, line[j]);
  __builtin_memcpy(out, &sum, sizeof sum);
}

/// A window that reaches over the plane's edge.
static __attribute__((noinline)) void spade_sum_edge(const spade_taps *t, size_t y, size_t x, int32_t *out) {
  const spade_tap_sum *p = t->call;
  const int32_t *table = p->table;
  spade_tap_row sum;
  __builtin_memcpy(&sum, p->bias, sizeof sum);
  for (size_t i = 0; i < p->kernel_size; i++)
    for (size_t j = 0; j < p->kernel_size; j++, table += t->stride) {
      // Before the first line or column they wrap round to numbers beyond the last.
      const size_t line = y + i - t->radius, column = x + j - t->radius;
      const int is_inside = line < p->height && column < p->width;
      spade_add_tap(&sum, table, is_inside ? (size_t)p->numbers[line * p->width + column] + 1 : 0);
    }
  __builtin_memcpy(out, &sum, sizeof sum);
}

static void spade_s32_tap_sum__plain(const spade_tap_sum *p) {
  const size_t radius = p->kernel_size / 2;
  const spade_taps taps = {p, radius, p->table_row_count * SPADE_PANEL_COLUMNS};
  for (size_t row = 0; row < p->row_count; row++) {
    const size_t y = p->positions[2 * row], x = p->positions[2 * row + 1];
    int32_t *out = p->accumulators + row * SPADE_PANEL_COLUMNS;
    if (y < radius || x < radius || y + radius >= p->height || x + radius >= p->width)
      spade_sum_edge(&taps, y, x, out);
    else if (p->kernel_size == 3)
      spade_sum_inside(&taps, y, x, out, 3);
    else
      spade_sum_inside(&taps, y, x, out, p->kernel_size);
  }
}

#endif
