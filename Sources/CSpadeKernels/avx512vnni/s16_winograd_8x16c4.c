#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

/// acc + w · a, in pairs. As an intrinsic, clang makes a product and an addition of it: a shorter chain, which nothing here
/// waits for, of twice the instructions.
static inline __attribute__((always_inline)) __m512i dpwssd(__m512i acc, __m512i w, __m512i a) {
  __asm__("vpdpwssd %2, %1, %0" : "+v"(acc) : "v"(w), "v"(a));
  return acc;
}

/// `R` tiles. A lane of `acc[r][j]` is half a column: two of four depths of columns 8j … 8j + 7.
static inline __attribute__((always_inline)) void rows(const spade_winograd_product *p, size_t tile, const int R) {
  __m512i acc[8][2];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 2; j++) acc[r][j] = _mm512_setzero_si512();

  const int16_t *code = p->codes + tile * p->depth_stride;
  const int16_t *weight = p->weights;
  for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
    const __m512i w0 = _mm512_load_si512(weight), w1 = _mm512_load_si512(weight + 32);
    for (int r = 0; r < R; r++) {
      int64_t four;
      __builtin_memcpy(&four, code + (size_t)r * p->depth_stride + d, sizeof four);
      const __m512i a = _mm512_set1_epi64(four);
      acc[r][0] = dpwssd(acc[r][0], w0, a);
      acc[r][1] = dpwssd(acc[r][1], w1, a);
    }
    weight += SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH;
  }

  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i odd = _mm512_add_epi32(even, _mm512_set1_epi32(1));
  for (int r = 0; r < R; r++) {
    __m512i sum = _mm512_add_epi32(_mm512_permutex2var_epi32(acc[r][0], even, acc[r][1]),
                                   _mm512_permutex2var_epi32(acc[r][0], odd, acc[r][1]));
    _mm512_storeu_si512(p->sums + (tile + (size_t)r) * SPADE_PANEL_COLUMNS, sum);
  }
}

void spade_s16_winograd_8x16c4__avx512vnni(const spade_winograd_product *p) {
  size_t tile = 0;
  for (; tile + 8 <= p->tile_count; tile += 8) rows(p, tile, 8);
  for (; tile + 2 <= p->tile_count; tile += 2) rows(p, tile, 2);
  if (tile < p->tile_count) rows(p, tile, 1);
}

SPADE_SET_END
#endif
