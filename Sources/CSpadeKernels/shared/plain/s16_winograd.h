// The transforms of Winograd's F(4×4, 3×3), compiled for each vector width; see spade_kernels.h.
// SPADE_LANES of set.h is the number of int16 in a vector.
#ifndef SPADE_PLAIN_S16_WINOGRAD_H
#define SPADE_PLAIN_S16_WINOGRAD_H

#include "../numeric.h"

typedef int8_t spade_codes __attribute__((vector_size(SPADE_LANES)));
typedef int16_t spade_lanes __attribute__((vector_size(2 * SPADE_LANES)));
typedef uint32_t spade_sums __attribute__((vector_size(2 * SPADE_LANES)));
typedef int32_t spade_signed_sums __attribute__((vector_size(2 * SPADE_LANES)));

enum { SPADE_SUM_LANES = SPADE_LANES / 2, SPADE_SUM_VECTORS = SPADE_PANEL_COLUMNS / SPADE_SUM_LANES };

#define SPADE_INLINE static inline __attribute__((always_inline))

/// Tells the compiler to write out a loop over the lines of a tile: then it does several of them side by side.
#define SPADE_EVERY_LINE _Pragma("clang loop unroll(full)")

/// Bᵀ x of six values, to `out_stride` apart. A transformed code is at most 10 · 10 · 326 = 32600.
SPADE_INLINE void spade_winograd_codes(const spade_lanes *x, spade_lanes *out, size_t out_stride) {
  const spade_lanes even = x[4] - 4 * x[2], odd = x[3] - 4 * x[1], near = x[4] - x[2], far = 2 * (x[3] - x[1]);
  out[0] = even + 4 * x[0] - x[2];
  out[out_stride] = even + odd;
  out[2 * out_stride] = even - odd;
  out[3 * out_stride] = near + far;
  out[4 * out_stride] = near - far;
  out[5 * out_stride] = 4 * x[1] - 5 * x[3] + x[5];
}

/// `count` channels from channel `d`: a literal up to SPADE_LANES.
SPADE_INLINE void spade_winograd_input_block(const spade_winograd_input *p, size_t d, int16_t *out, const size_t count,
                                             const int is_fine) {
  const int8_t flip = (int8_t)SPADE_CODE_FLIP;
  const int8_t *base = p->base;
  const int32_t *offsets = p->offsets;
  const size_t point_stride = p->point_stride;
  spade_lanes columns[SPADE_WINOGRAD_POINTS];
  SPADE_EVERY_LINE
  for (size_t j = 0; j < 6; j++) {
    spade_lanes x[6];
    for (size_t i = 0; i < 6; i++) {
      spade_codes code = {0};
      __builtin_memcpy(&code, base + offsets[6 * i + j] + d, count);
      x[i] = __builtin_convertvector(code ^ flip, spade_lanes);
      if (is_fine) {
        __builtin_memcpy(&code, base + offsets[6 * i + j] + p->low + d, count);
        x[i] = 4 * x[i] + __builtin_convertvector(code ^ flip, spade_lanes);
      }
    }
    spade_winograd_codes(x, columns + j, 6);
  }
  SPADE_EVERY_LINE
  for (size_t i = 0; i < 6; i++) {
    spade_lanes points[6];
    spade_winograd_codes(columns + 6 * i, points, 1);
    for (size_t j = 0; j < 6; j++)
      __builtin_memcpy(out + (6 * i + j) * point_stride, points + j, count * sizeof *out);
  }
}

SPADE_INLINE void spade_winograd_input_all(const spade_winograd_input *p, const int is_fine) {
  // A copy that no store through `out` can change, so that it stays in registers.
  const spade_winograd_input call = *p;
  int16_t *out = p->out;
  size_t d = 0;
  for (; d + SPADE_LANES <= call.depth; d += SPADE_LANES, out += SPADE_LANES)
    spade_winograd_input_block(&call, d, out, SPADE_LANES, is_fine);
  // Depths are multiples of 16.
  if (SPADE_LANES > 16 && d < call.depth) spade_winograd_input_block(&call, d, out, 16, is_fine);
}

static void spade_s16_winograd_input__plain(const spade_winograd_input *p) {
  if (p->low)
    spade_winograd_input_all(p, 1);
  else
    spade_winograd_input_all(p, 0);
}

/// G w of three values, to `out_stride` apart, without G's fractions. A transformed weight is at most 7 · 7 · 127 = 6223.
SPADE_INLINE void spade_winograd_points(const spade_lanes *w, spade_lanes *out, size_t out_stride) {
  const spade_lanes sum = w[0] + w[2], wide = w[0] + 4 * w[2], twice = 2 * w[1];
  out[0] = w[0];
  out[out_stride] = sum + w[1];
  out[2 * out_stride] = sum - w[1];
  out[3 * out_stride] = wide + twice;
  out[4 * out_stride] = wide - twice;
  out[5 * out_stride] = w[2];
}

static void spade_s16_winograd_weights__plain(const spade_winograd_weights *p) {
  const size_t count = p->depth * SPADE_PANEL_COLUMNS, tap_stride = p->tap_stride, point_stride = p->point_stride;
  const int8_t *weights = p->weights;
  int16_t *out = p->out;
  for (size_t k = 0; k < count; k += SPADE_LANES, weights += SPADE_LANES, out += SPADE_LANES) {
    spade_lanes columns[18];
    SPADE_EVERY_LINE
    for (size_t j = 0; j < 3; j++) {
      spade_lanes w[3];
      for (size_t i = 0; i < 3; i++) {
        spade_codes weight;
        __builtin_memcpy(&weight, weights + (3 * i + j) * tap_stride, sizeof weight);
        w[i] = __builtin_convertvector(weight, spade_lanes);
      }
      spade_winograd_points(w, columns + j, 3);
    }
    SPADE_EVERY_LINE
    for (size_t i = 0; i < 6; i++) {
      spade_lanes points[6];
      spade_winograd_points(columns + 3 * i, points, 1);
      for (size_t j = 0; j < 6; j++) __builtin_memcpy(out + (6 * i + j) * point_stride, points + j, sizeof *points);
    }
  }
}

/// Aᵀ m of six values, times 24, 12, 6 and 6, to `out_stride` apart.
SPADE_INLINE void spade_winograd_sums(const spade_sums *m, spade_sums *out, size_t out_stride) {
  const spade_sums inner = m[1] + m[2], slope = m[2] - m[1], outer = m[3] + m[4], steep = m[3] - m[4];
  out[0] = 6 * m[0] - 4 * inner + outer;
  out[out_stride] = 2 * slope + steep;
  out[2 * out_stride] = outer - inner;
  out[3 * out_stride] = slope + 2 * steep + 6 * m[5];
}

/// A row or column of a tile has the scale 3 · 2^e, e = 3, 2, 1, 1; a pixel 9 · 2^(e + e').
static void spade_s16_winograd_output__plain(const spade_winograd_output *p) {
  static const int shifts[4] = {3, 2, 1, 1};
  const uint32_t inverse_of_9 = 0x38E38E39u;
  const size_t tile_count = p->tile_count, point_stride = tile_count * SPADE_PANEL_COLUMNS;
  for (size_t tile = 0; tile < tile_count; tile++) {
    for (size_t v = 0; v < SPADE_SUM_VECTORS; v++) {
      const int32_t *sums = p->sums + tile * SPADE_PANEL_COLUMNS + v * SPADE_SUM_LANES;
      int32_t *pixels = p->pixels + tile * SPADE_WINOGRAD_PIXELS * SPADE_PANEL_COLUMNS + v * SPADE_SUM_LANES;
      spade_sums columns[24];
      SPADE_EVERY_LINE
      for (size_t j = 0; j < 6; j++) {
        spade_sums m[6];
        for (size_t i = 0; i < 6; i++) __builtin_memcpy(m + i, sums + (6 * i + j) * point_stride, sizeof *m);
        spade_winograd_sums(m, columns + j, 6);
      }
      SPADE_EVERY_LINE
      for (size_t i = 0; i < 4; i++) {
        spade_sums line[4];
        spade_winograd_sums(columns + 6 * i, line, 1);
        for (size_t j = 0; j < 4; j++) {
          int32_t *pixel = pixels + (4 * i + j) * SPADE_PANEL_COLUMNS;
          spade_sums sum;
          __builtin_memcpy(&sum, pixel, sizeof sum);
          sum += (spade_sums)((spade_signed_sums)(line[j] * inverse_of_9) >> (shifts[i] + shifts[j]));
          __builtin_memcpy(pixel, &sum, sizeof sum);
        }
      }
    }
  }
}

#endif
