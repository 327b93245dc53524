#define SPADE_LANES 16
#include "avx2.h"

#include "../winograd.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

/// `R` tiles of 8 columns. A lane of `acc[r][j]` is half a column: two of four depths of columns 4j … 4j + 3.
static inline __attribute__((always_inline)) void rows(const spade_winograd_product *p, size_t tile, size_t column,
                                                       const int R) {
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
      acc[r][0] = _mm256_add_epi32(acc[r][0], _mm256_madd_epi16(w0, a));
      acc[r][1] = _mm256_add_epi32(acc[r][1], _mm256_madd_epi16(w1, a));
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

static void product(const spade_winograd_product *p) {
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column += 8) {
    size_t tile = 0;
    for (; tile + 6 <= p->tile_count; tile += 6) rows(p, tile, column, 6);
    for (; tile + 2 <= p->tile_count; tile += 2) rows(p, tile, column, 2);
    if (tile < p->tile_count) rows(p, tile, column, 1);
  }
}

static void input(const spade_winograd_input *p) { spade_winograd_input_all(p, 0); }
static void weights(const spade_winograd_weights *p) { spade_winograd_weights_all(p); }
static void output(const spade_winograd_output *p) { spade_winograd_output_all(p); }
static void finish(int32_t *pixels, size_t tile_count, const int32_t *bias) {
  spade_winograd_finish_all(pixels, tile_count, bias);
}

const spade_winograd_kernels spade_winograd__avx2 = {input, weights, product, output, finish};

#pragma clang attribute pop
#endif
