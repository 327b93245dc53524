#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

static inline __m512i broadcast4(const int8_t *code) {
  int32_t four;
  __builtin_memcpy(&four, code, sizeof four);
  return _mm512_set1_epi32(four);
}

/// `R` rows of `P` panels. The second bias row takes back the 128 that unsigned codes add.
static inline __attribute__((always_inline)) void block(const spade_product *p, size_t row, const int R, const int P) {
  __m512i acc[12][4];
  for (int i = 0; i < P; i++) {
    const int32_t *bias = spade_panel_bias(p, (size_t)i);
    for (int r = 0; r < R; r++) acc[r][i] = _mm512_load_si512(bias);
  }

  const size_t stride = p->panel_stride;
  const uint8_t *weight = p->weights;
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code[12];
    for (int r = 0; r < R; r++) code[r] = p->base + p->offsets[tap * p->offset_stride + row + (size_t)r];
    for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
      __m512i w[4];
      for (int i = 0; i < P; i++) w[i] = _mm512_load_si512(weight + (size_t)i * stride);
      for (int r = 0; r < R; r++) {
        __m512i a = broadcast4(code[r] + d);
        for (int i = 0; i < P; i++) acc[r][i] = _mm512_dpbusd_epi32(acc[r][i], a, w[i]);
      }
      weight += SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH;
    }
  }

  for (int i = 0; i < P; i++) {
    int32_t *out = p->accumulators + (size_t)i * p->accumulator_stride + row * SPADE_PANEL_COLUMNS;
    for (int r = 0; r < R; r++) _mm512_storeu_si512(out + r * SPADE_PANEL_COLUMNS, acc[r][i]);
  }
}

static inline __attribute__((always_inline)) void panels(const spade_product *p, const int P) {
  size_t row = 0;
  // The sums of six rows of one panel are too few to hide how long one takes.
  if (P == 1)
    for (; row + 12 <= p->row_count; row += 12) block(p, row, 12, P);
  for (; row + 6 <= p->row_count; row += 6) block(p, row, 6, P);
  switch (p->row_count - row) {
    case 5: block(p, row, 5, P); break;
    case 4: block(p, row, 4, P); break;
    case 3: block(p, row, 3, P); break;
    case 2: block(p, row, 2, P); break;
    case 1: block(p, row, 1, P); break;
    default: break;
  }
}

void spade_u8_product_6x64c4__avx512vnni(const spade_product *p) {
  switch (p->panel_count) {
    case 4: panels(p, 4); break;
    case 3: panels(p, 3); break;
    case 2: panels(p, 2); break;
    case 1: panels(p, 1); break;
    default: break;
  }
}

SPADE_SET_END
#endif
