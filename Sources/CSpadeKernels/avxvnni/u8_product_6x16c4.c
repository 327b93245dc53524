#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

static inline __m256i broadcast4(const int8_t *code) {
  int32_t four;
  __builtin_memcpy(&four, code, sizeof four);
  return _mm256_set1_epi32(four);
}

/// `R` rows of one panel. The second bias row takes back the 128 that unsigned codes add.
static inline __attribute__((always_inline)) void block(const spade_product *p, size_t panel, size_t row,
                                                       int32_t *out, const int R) {
  __m256i acc[6][2];
  const __m256i *bias = (const __m256i *)spade_panel_bias(p, panel);
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 2; j++) acc[r][j] = _mm256_load_si256(bias + j);

  const __m256i *weight = (const __m256i *)(p->weights + panel * p->panel_stride);
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[6];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
      __m256i w0 = _mm256_load_si256(weight), w1 = _mm256_load_si256(weight + 1);
      for (int r = 0; r < R; r++) {
        __m256i a = broadcast4(code[r] + d);
        acc[r][0] = _mm256_dpbusd_avx_epi32(acc[r][0], a, w0);
        acc[r][1] = _mm256_dpbusd_avx_epi32(acc[r][1], a, w1);
      }
      weight += 2;
    }
  }
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 2; j++) _mm256_storeu_si256((__m256i *)(out + r * SPADE_PANEL_COLUMNS) + j, acc[r][j]);
}

void spade_u8_product_6x16c4__avxvnni(const spade_product *p) {
  for (size_t i = 0; i < p->panel_count; i++) {
    int32_t *out = p->accumulators + i * p->accumulator_stride;
    size_t row = 0;
    for (; row + 6 <= p->row_count; row += 6) block(p, i, row, out + row * SPADE_PANEL_COLUMNS, 6);
    out += row * SPADE_PANEL_COLUMNS;
    switch (p->row_count - row) {
      case 5: block(p, i, row, out, 5); break;
      case 4: block(p, i, row, out, 4); break;
      case 3: block(p, i, row, out, 3); break;
      case 2: block(p, i, row, out, 2); break;
      case 1: block(p, i, row, out, 1); break;
      default: break;
    }
  }
}

SPADE_SET_END
#endif
