#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

static inline __m128i broadcast4(const int8_t *code) {
  int32_t four;
  __builtin_memcpy(&four, code, sizeof four);
  return _mm_set1_epi32(four);
}

/// `R` rows of one panel. |a| ≤ 128 is unsigned and |w| ≤ 127 may change its sign, so the sum of two products
/// |a| · sign(w, a) is at most 2 · 128 · 127 = 32512: pmaddubsw does not saturate.
static inline __attribute__((always_inline)) void block(const spade_product *p, size_t panel, size_t row,
                                                       int32_t *out, const int R) {
  __m128i acc[2][4];
  const __m128i *bias = (const __m128i *)spade_panel_bias(p, panel);
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) acc[r][j] = _mm_load_si128(bias + j);

  const __m128i ones = _mm_set1_epi16(1);
  const __m128i *weight = (const __m128i *)(p->weights + panel * p->panel_stride);
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[2];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
      for (int r = 0; r < R; r++) {
        __m128i a = broadcast4(code[r] + d);
        __m128i magnitude = _mm_abs_epi8(a);
        for (int j = 0; j < 4; j++) {
          __m128i pairs = _mm_maddubs_epi16(magnitude, _mm_sign_epi8(_mm_load_si128(weight + j), a));
          acc[r][j] = _mm_add_epi32(acc[r][j], _mm_madd_epi16(pairs, ones));
        }
      }
      weight += 4;
    }
  }
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 4; j++) _mm_storeu_si128((__m128i *)(out + r * SPADE_PANEL_COLUMNS) + j, acc[r][j]);
}

void spade_s8_product_2x16c4__sse41(const spade_product *p) {
  for (size_t i = 0; i < p->panel_count; i++) {
    int32_t *out = p->accumulators + i * p->accumulator_stride;
    size_t row = 0;
    for (; row + 2 <= p->row_count; row += 2) block(p, i, row, out + row * SPADE_PANEL_COLUMNS, 2);
    if (row < p->row_count) block(p, i, row, out + row * SPADE_PANEL_COLUMNS, 1);
  }
}

SPADE_SET_END
#endif
