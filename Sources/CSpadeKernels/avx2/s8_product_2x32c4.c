#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

static inline __m256i broadcast4(const int8_t *code) {
  int32_t four;
  __builtin_memcpy(&four, code, sizeof four);
  return _mm256_set1_epi32(four);
}

/// `R` rows of `P` panels from `panel`. |a| ≤ 128 is unsigned and |w| ≤ 127 may change its sign, so the sum of two
/// products |a| · sign(w, a) is at most 2 · 128 · 127 = 32512: vpmaddubsw does not saturate.
static inline __attribute__((always_inline)) void block(const spade_product *p, size_t panel, size_t row,
                                                       int32_t *out, const int R, const int P) {
  __m256i acc[2][4];
  for (int i = 0; i < P; i++) {
    const __m256i *bias = (const __m256i *)spade_panel_bias(p, panel + (size_t)i);
    for (int r = 0; r < R; r++)
      for (int j = 0; j < 2; j++) acc[r][2 * i + j] = _mm256_load_si256(bias + j);
  }

  const __m256i ones = _mm256_set1_epi16(1);
  const size_t stride = p->panel_stride;
  const uint8_t *weight = p->weights + panel * p->panel_stride;
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[2];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
      for (int r = 0; r < R; r++) {
        __m256i a = broadcast4(code[r] + d);
        __m256i magnitude = _mm256_abs_epi8(a);
        for (int j = 0; j < 2 * P; j++) {
          __m256i w = _mm256_load_si256((const __m256i *)(weight + (size_t)(j / 2) * stride) + j % 2);
          __m256i pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(w, a));
          acc[r][j] = _mm256_add_epi32(acc[r][j], _mm256_madd_epi16(pairs, ones));
        }
      }
      weight += SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH;
    }
  }

  for (int j = 0; j < 2 * P; j++) {
    __m256i *column = (__m256i *)(out + (size_t)(j / 2) * p->accumulator_stride + row * SPADE_PANEL_COLUMNS) + j % 2;
    for (int r = 0; r < R; r++) _mm256_storeu_si256(column + 2 * r, acc[r][j]);
  }
}

static inline __attribute__((always_inline)) void panels(const spade_product *p, size_t first, const int P) {
  int32_t *out = p->accumulators + first * p->accumulator_stride;
  size_t row = 0;
  for (; row + 2 <= p->row_count; row += 2) block(p, first, row, out, 2, P);
  if (row < p->row_count) block(p, first, row, out, 1, P);
}

void spade_s8_product_2x32c4__avx2(const spade_product *p) {
  size_t i = 0;
  for (; i + 2 <= p->panel_count; i += 2) panels(p, i, 2);
  if (i < p->panel_count) panels(p, i, 1);
}

SPADE_SET_END
#endif
