#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

/// `R` tiles of 4 columns. A lane of `acc[r][j]` is half a column: two of four depths of columns 2j and 2j + 1.
static inline __attribute__((always_inline)) void rows(const spade_winograd_product *p, size_t tile, size_t column,
                                                       const int R) {
  __m128i acc[4][2];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 2; j++) acc[r][j] = _mm_setzero_si128();

  const int16_t *code = p->codes + tile * p->depth_stride;
  const __m128i *weight = (const __m128i *)(p->weights + column * SPADE_PANEL_DEPTH);
  for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
    const __m128i w0 = _mm_load_si128(weight), w1 = _mm_load_si128(weight + 1);
    for (int r = 0; r < R; r++) {
      double four;
      __builtin_memcpy(&four, code + (size_t)r * p->depth_stride + d, sizeof four);
      const __m128i a = _mm_castpd_si128(_mm_loaddup_pd(&four));
      acc[r][0] = _mm_add_epi32(acc[r][0], _mm_madd_epi16(w0, a));
      acc[r][1] = _mm_add_epi32(acc[r][1], _mm_madd_epi16(w1, a));
    }
    weight += 8;
  }

  for (int r = 0; r < R; r++)
    _mm_storeu_si128((__m128i *)(p->sums + (tile + (size_t)r) * SPADE_PANEL_COLUMNS + column),
                     _mm_hadd_epi32(acc[r][0], acc[r][1]));
}

void spade_s16_winograd_4x4c4__sse41(const spade_winograd_product *p) {
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column += 4) {
    size_t tile = 0;
    for (; tile + 4 <= p->tile_count; tile += 4) rows(p, tile, column, 4);
    for (; tile < p->tile_count; tile++) rows(p, tile, column, 1);
  }
}

SPADE_SET_END
#endif
