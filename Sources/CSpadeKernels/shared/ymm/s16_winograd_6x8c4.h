// The product of tiles in 256-bit vectors. SPADE_MULTIPLY_ADD_PAIRS of set.h adds w[2i] · a[2i] + w[2i+1] · a[2i+1] to acc[i].
#ifndef SPADE_YMM_S16_WINOGRAD_6X8C4_H
#define SPADE_YMM_S16_WINOGRAD_6X8C4_H

#include "../numeric.h"

/// `R` tiles of 8 columns. A lane of `acc[r][j]` is half a column: two of four depths of columns 4j … 4j + 3.
static inline __attribute__((always_inline)) void winograd_rows(const spade_winograd_product *p, size_t tile,
                                                                size_t column, const int R) {
  __m256i acc[6][2];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 2; j++) acc[r][j] = _mm256_setzero_si256();

  const int16_t *code = p->codes + tile * p->depth_stride;
  const __m256i *weight = (const __m256i *)(p->weights + column * SPADE_PANEL_DEPTH);
  for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
    const __m256i w0 = _mm256_load_si256(weight), w1 = _mm256_load_si256(weight + 1);
    for (int r = 0; r < R; r++) {
      int64_t four;
      __builtin_memcpy(&four, code + (size_t)r * p->depth_stride + d, sizeof four);
      const __m256i a = _mm256_set1_epi64x(four);
      acc[r][0] = SPADE_MULTIPLY_ADD_PAIRS(acc[r][0], w0, a);
      acc[r][1] = SPADE_MULTIPLY_ADD_PAIRS(acc[r][1], w1, a);
    }
    weight += 4;
  }

  for (int r = 0; r < R; r++) {
    __m256i *out = (__m256i *)(p->sums + (tile + (size_t)r) * SPADE_PANEL_COLUMNS + column);
    // hadd leaves the columns as 0 1 4 5 2 3 6 7.
    __m256i sum = _mm256_hadd_epi32(acc[r][0], acc[r][1]);
    _mm256_storeu_si256(out, _mm256_permute4x64_epi64(sum, 0xD8));
  }
}

static void spade_s16_winograd_6x8c4__ymm(const spade_winograd_product *p) {
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column += 8) {
    size_t tile = 0;
    for (; tile + 6 <= p->tile_count; tile += 6) winograd_rows(p, tile, column, 6);
    for (; tile + 2 <= p->tile_count; tile += 2) winograd_rows(p, tile, column, 2);
    if (tile < p->tile_count) winograd_rows(p, tile, column, 1);
  }
}

#endif
