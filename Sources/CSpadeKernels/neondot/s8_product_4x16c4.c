#include "set.h"

#if defined(__aarch64__)
SPADE_SET_BEGIN

/// Codes 4k … 4k + 3 of `R` rows times four depths of 16 columns; `k` is a literal.
#define MULTIPLY_LANE(k)                                                            \
  for (int j = 0; j < 4; j++) {                                                     \
    int8x16_t w = vld1q_s8(weight + 64 * (k) + 16 * j);                             \
    for (int r = 0; r < R; r++) acc[r][j] = vdotq_laneq_s32(acc[r][j], w, a[r], k); \
  }

/// `R` rows of one panel, 16 depths at a time.
static inline __attribute__((always_inline)) void block(const spade_product *p, size_t panel, size_t row,
                                                       int32_t *out, const int R) {
  int32x4_t acc[4][4];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) acc[r][j] = vld1q_s32(spade_panel_bias(p, panel) + 4 * j);

  const int8_t *weight = (const int8_t *)p->weights + panel * p->panel_stride;
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[4];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += 16) {
      int8x16_t a[4];
      for (int r = 0; r < R; r++) a[r] = vld1q_s8(code[r] + d);
      MULTIPLY_LANE(0)
      MULTIPLY_LANE(1)
      MULTIPLY_LANE(2)
      MULTIPLY_LANE(3)
      weight += 256;
    }
  }
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) vst1q_s32(out + r * SPADE_PANEL_COLUMNS + 4 * j, acc[r][j]);
}

void spade_s8_product_4x16c4__neondot(const spade_product *p) {
  for (size_t i = 0; i < p->panel_count; i++) {
    int32_t *out = p->accumulators + i * p->accumulator_stride;
    size_t row = 0;
    for (; row + 4 <= p->row_count; row += 4) block(p, i, row, out + row * SPADE_PANEL_COLUMNS, 4);
    out += row * SPADE_PANEL_COLUMNS;
    switch (p->row_count - row) {
      case 3: block(p, i, row, out, 3); break;
      case 2: block(p, i, row, out, 2); break;
      case 1: block(p, i, row, out, 1); break;
      default: break;
    }
  }
}

SPADE_SET_END
#endif
