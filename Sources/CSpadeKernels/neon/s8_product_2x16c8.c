#include "neon.h"

#if defined(__aarch64__)

/// Four codes in both 32-bit lanes.
static inline int8x8_t broadcast4(const int8_t *code) {
  int32_t four;
  __builtin_memcpy(&four, code, sizeof four);
  return vreinterpret_s8_s32(vdup_n_s32(four));
}

/// `R` rows of one panel, eight depths at a time. |w| ≤ 127, so the sum of two products is at most
/// 2 · 127 · 128 = 32512: smlal onto smull does not overflow.
///
/// A lane of `acc[r][j]` is half a column: the even and the odd pairs of depths of columns 2j and 2j + 1.
static inline __attribute__((always_inline)) void tile(const spade_product *p, size_t panel, size_t row,
                                                       int32_t *out, const int R) {
  int32x4_t acc[2][8];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 8; j++) acc[r][j] = vdupq_n_s32(0);

  const int8_t *weight = (const int8_t *)p->weights + panel * p->panel_stride;
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[2];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += 8) {
      int8x8_t a[2], b[2];
      for (int r = 0; r < R; r++) {
        a[r] = broadcast4(code[r] + d);
        b[r] = broadcast4(code[r] + d + 4);
      }
      for (int j = 0; j < 8; j += 2) {
        int16x8_t pairs[2][2];
        for (int i = 0; i < 2; i++) {
          int8x8_t w = vld1_s8(weight + 8 * (j + i));
          for (int r = 0; r < R; r++) pairs[r][i] = vmull_s8(w, a[r]);
        }
        for (int i = 0; i < 2; i++) {
          int8x8_t w = vld1_s8(weight + 64 + 8 * (j + i));
          for (int r = 0; r < R; r++) pairs[r][i] = vmlal_s8(pairs[r][i], w, b[r]);
        }
        for (int i = 0; i < 2; i++)
          for (int r = 0; r < R; r++) acc[r][j + i] = vpadalq_s16(acc[r][j + i], pairs[r][i]);
      }
      weight += 128;
    }
  }

  const int32_t *bias = spade_panel_bias(p, panel);
  for (int j = 0; j < 4; j++) {
    int32x4_t start = vld1q_s32(bias + 4 * j);
    for (int r = 0; r < R; r++) {
      int32x4_t sum = vpaddq_s32(acc[r][2 * j], acc[r][2 * j + 1]);
      vst1q_s32(out + r * SPADE_PANEL_COLUMNS + 4 * j, vaddq_s32(start, sum));
    }
  }
}

void spade_s8_product_2x16c8__neon(const spade_product *p) {
  for (size_t i = 0; i < p->panel_count; i++) {
    int32_t *out = p->accumulators + i * p->row_count * SPADE_PANEL_COLUMNS;
    size_t row = 0;
    for (; row + 2 <= p->row_count; row += 2) tile(p, i, row, out + row * SPADE_PANEL_COLUMNS, 2);
    if (row < p->row_count) tile(p, i, row, out + row * SPADE_PANEL_COLUMNS, 1);
  }
}

#endif
