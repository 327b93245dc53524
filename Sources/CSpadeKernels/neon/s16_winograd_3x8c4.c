#define SPADE_LANES 8
#include "neon.h"

#include "../winograd.h"

#if defined(__aarch64__)

/// `R` tiles of 8 columns. A lane of `acc[r][j]` is one of four depths of column j.
static inline __attribute__((always_inline)) void rows(const spade_winograd_product *p, size_t tile, size_t column,
                                                       const int R) {
  int32x4_t acc[3][8];
  for (int r = 0; r < R; r++)
    for (int j = 0; j < 8; j++) acc[r][j] = vdupq_n_s32(0);

  const int16_t *code = p->codes + tile * p->depth_stride;
  const int16_t *weight = p->weights + column * SPADE_PANEL_DEPTH;
  for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
    int16x4_t a[3];
    for (int r = 0; r < R; r++) a[r] = vld1_s16(code + (size_t)r * p->depth_stride + d);
    for (int j = 0; j < 8; j++) {
      const int16x4_t w = vld1_s16(weight + SPADE_PANEL_DEPTH * j);
      for (int r = 0; r < R; r++) acc[r][j] = vmlal_s16(acc[r][j], w, a[r]);
    }
    weight += SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH;
  }

  for (int r = 0; r < R; r++) {
    int32_t *out = p->sums + (tile + (size_t)r) * SPADE_PANEL_COLUMNS + column;
    for (int j = 0; j < 8; j += 4)
      vst1q_s32(out + j, vpaddq_s32(vpaddq_s32(acc[r][j], acc[r][j + 1]), vpaddq_s32(acc[r][j + 2], acc[r][j + 3])));
  }
}

static void product(const spade_winograd_product *p) {
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column += 8) {
    size_t tile = 0;
    for (; tile + 3 <= p->tile_count; tile += 3) rows(p, tile, column, 3);
    if (p->tile_count - tile == 2) rows(p, tile, column, 2);
    if (p->tile_count - tile == 1) rows(p, tile, column, 1);
  }
}

static void input(const spade_winograd_input *p) { spade_winograd_input_all(p, 0); }
static void weights(const spade_winograd_weights *p) { spade_winograd_weights_all(p); }
static void output(const spade_winograd_output *p) { spade_winograd_output_all(p); }
static void finish(int32_t *pixels, size_t tile_count, const int32_t *bias) {
  spade_winograd_finish_all(pixels, tile_count, bias);
}

const spade_winograd_kernels spade_winograd__neon = {input, weights, product, output, finish};

#endif
