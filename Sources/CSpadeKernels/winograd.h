// The transforms of Winograd's F(4×4, 3×3), written once and compiled for each vector width; see spade_kernels.h.
// A file that includes this defines SPADE_LANES, the int16 of a vector, first.
#ifndef SPADE_WINOGRAD_H
#define SPADE_WINOGRAD_H

#include "numeric.h"

typedef int8_t spade_codes __attribute__((vector_size(SPADE_LANES)));
typedef int16_t spade_lanes __attribute__((vector_size(2 * SPADE_LANES)));
typedef uint32_t spade_sums __attribute__((vector_size(2 * SPADE_LANES)));

enum { SPADE_SUM_LANES = SPADE_LANES / 2, SPADE_SUM_VECTORS = SPADE_PANEL_COLUMNS / SPADE_SUM_LANES };

/// What a set with unsigned codes flips.
#define SPADE_UNSIGNED_FLIP ((int8_t)-128)

#define SPADE_INLINE static inline __attribute__((always_inline))

/// Bᵀ x of six values `stride` apart. A transformed code is at most 10 · 10 · 128 = 12800.
SPADE_INLINE void spade_winograd_codes(spade_lanes *x, size_t stride) {
  const spade_lanes x0 = x[0], x1 = x[stride], x2 = x[2 * stride], x3 = x[3 * stride], x4 = x[4 * stride],
                    x5 = x[5 * stride];
  const spade_lanes even = x4 - 4 * x2, odd = x3 - 4 * x1, near = x4 - x2, far = 2 * (x3 - x1);
  x[0] = even + 4 * x0 - x2;
  x[stride] = even + odd;
  x[2 * stride] = even - odd;
  x[3 * stride] = near + far;
  x[4 * stride] = near - far;
  x[5 * stride] = 4 * x1 - 5 * x3 + x5;
}

SPADE_INLINE void spade_winograd_input_all(const spade_winograd_input *p, int8_t flip) {
  for (size_t d = 0; d < p->depth; d += SPADE_LANES) {
    spade_lanes x[SPADE_WINOGRAD_POINTS];
    for (size_t i = 0; i < SPADE_WINOGRAD_POINTS; i++) {
      spade_codes code;
      __builtin_memcpy(&code, p->base + p->offsets[i] + d, sizeof code);
      x[i] = __builtin_convertvector(code ^ flip, spade_lanes);
    }
    for (size_t i = 0; i < 6; i++) spade_winograd_codes(x + i, 6);
    for (size_t i = 0; i < 6; i++) {
      spade_winograd_codes(x + 6 * i, 1);
      for (size_t j = 0; j < 6; j++)
        __builtin_memcpy(p->out + (6 * i + j) * p->point_stride + d, x + 6 * i + j, sizeof *x);
    }
  }
}

/// G w of three values `stride` apart, without G's fractions. A transformed weight is at most 7 · 7 · 127 = 6223.
SPADE_INLINE void spade_winograd_points(const spade_lanes *w, size_t stride, spade_lanes *out, size_t out_stride) {
  const spade_lanes sum = w[0] + w[2 * stride], wide = w[0] + 4 * w[2 * stride], twice = 2 * w[stride];
  out[0] = w[0];
  out[out_stride] = sum + w[stride];
  out[2 * out_stride] = sum - w[stride];
  out[3 * out_stride] = wide + twice;
  out[4 * out_stride] = wide - twice;
  out[5 * out_stride] = w[2 * stride];
}

SPADE_INLINE void spade_winograd_weights_all(const spade_winograd_weights *p) {
  const size_t count = p->depth * SPADE_PANEL_COLUMNS;
  for (size_t i = 0; i < count; i += SPADE_LANES) {
    spade_lanes w[9], columns[18];
    for (size_t tap = 0; tap < 9; tap++) {
      spade_codes weight;
      __builtin_memcpy(&weight, p->weights + tap * p->tap_stride + i, sizeof weight);
      w[tap] = __builtin_convertvector(weight, spade_lanes);
    }
    for (size_t j = 0; j < 3; j++) spade_winograd_points(w + j, 3, columns + j, 3);
    for (size_t row = 0; row < 6; row++) {
      spade_lanes points[6];
      spade_winograd_points(columns + 3 * row, 1, points, 1);
      for (size_t j = 0; j < 6; j++) __builtin_memcpy(p->out + (6 * row + j) * p->point_stride + i, points + j, sizeof *points);
    }
  }
}

/// Aᵀ m of six values, times 24, 12, 6 and 6.
SPADE_INLINE void spade_winograd_sums(const spade_sums *m, size_t stride, spade_sums *out, size_t out_stride) {
  const spade_sums inner = m[stride] + m[2 * stride], slope = m[2 * stride] - m[stride];
  const spade_sums outer = m[3 * stride] + m[4 * stride], steep = m[3 * stride] - m[4 * stride];
  out[0] = 6 * m[0] - 4 * inner + outer;
  out[out_stride] = 2 * slope + steep;
  out[2 * out_stride] = outer - inner;
  out[3 * out_stride] = slope + 2 * steep + 6 * m[5 * stride];
}

SPADE_INLINE void spade_winograd_output_all(const spade_winograd_output *p) {
  for (size_t tile = 0; tile < p->tile_count; tile++) {
    for (size_t v = 0; v < SPADE_SUM_VECTORS; v++) {
      spade_sums m[SPADE_WINOGRAD_POINTS], rows[24], pixels[SPADE_WINOGRAD_PIXELS];
      for (size_t i = 0; i < SPADE_WINOGRAD_POINTS; i++)
        __builtin_memcpy(m + i, p->sums + (i * p->tile_count + tile) * SPADE_PANEL_COLUMNS + v * SPADE_SUM_LANES,
                         sizeof *m);
      for (size_t j = 0; j < 6; j++) spade_winograd_sums(m + j, 6, rows + j, 6);
      for (size_t i = 0; i < 4; i++) spade_winograd_sums(rows + 6 * i, 1, pixels + 4 * i, 1);
      int32_t *out = p->pixels + tile * SPADE_WINOGRAD_PIXELS * SPADE_PANEL_COLUMNS + v * SPADE_SUM_LANES;
      for (size_t i = 0; i < SPADE_WINOGRAD_PIXELS; i++) {
        spade_sums sum;
        __builtin_memcpy(&sum, out + i * SPADE_PANEL_COLUMNS, sizeof sum);
        sum += pixels[i];
        __builtin_memcpy(out + i * SPADE_PANEL_COLUMNS, &sum, sizeof sum);
      }
    }
  }
}

/// A row or column of a tile has the scale 3 · 2^e, e = 3, 2, 1, 1; a pixel 9 · 2^(e + e').
SPADE_INLINE void spade_winograd_finish_all(int32_t *pixels, size_t tile_count, const int32_t *bias) {
  static const uint8_t shifts[4] = {3, 2, 1, 1};
  const uint32_t inverse_of_9 = 0x38E38E39u;
  for (size_t i = 0; i < tile_count * SPADE_WINOGRAD_PIXELS; i++) {
    const int shift = shifts[i / 4 % 4] + shifts[i % 4];
    int32_t *pixel = pixels + i * SPADE_PANEL_COLUMNS;
    for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++)
      pixel[c] = spade_add32((int32_t)((uint32_t)pixel[c] * inverse_of_9) >> shift, bias[c]);
  }
}

#endif
