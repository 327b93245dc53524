// One panel of accumulators in 128-bit ARM vectors.
#ifndef SPADE_NEON_S32_REQUANTIZE_H
#define SPADE_NEON_S32_REQUANTIZE_H

#include "../numeric.h"

/// What all rows share.
typedef struct {
  float32x4_t scale[4];
  float32x4_t residual_scale;
} requantize_constants;

/// `R` rows. They go through each step side by side, so that no instruction waits for the one before it on cores that keep
/// to the order of the program.
static inline __attribute__((always_inline)) void requantize_rows(const spade_requantize *p, const requantize_constants *k,
                                                                  size_t row, const int R, const int has_residual) {
  const int16x8_t least = vdupq_n_s16(-32767);
  float32x4_t v[4][4];
  for (int r = 0; r < R; r++)
    for (int q = 0; q < 4; q++)
      v[r][q] = vcvtq_f32_s32(vld1q_s32(p->accumulators + (row + (size_t)r) * SPADE_PANEL_COLUMNS + 4 * q));
  for (int r = 0; r < R; r++)
    for (int q = 0; q < 4; q++) v[r][q] = vmulq_f32(v[r][q], k->scale[q]);

  if (has_residual) {
    float32x4_t add[4][4];
    for (int r = 0; r < R; r++) {
      const int16_t *residual = p->residual + p->residual_offsets[row + (size_t)r];
      for (int q = 0; q < 4; q++) add[r][q] = vcvtq_f32_s32(vmovl_s16(vld1_s16(residual + 4 * q)));
    }
    for (int r = 0; r < R; r++)
      for (int q = 0; q < 4; q++) add[r][q] = vmulq_f32(add[r][q], k->residual_scale);
    for (int r = 0; r < R; r++)
      for (int q = 0; q < 4; q++) v[r][q] = vaddq_f32(v[r][q], add[r][q]);
  }

  int32x4_t code[4][4];
  for (int r = 0; r < R; r++)
    for (int q = 0; q < 4; q++) code[r][q] = vcvtnq_s32_f32(v[r][q]);
  for (int r = 0; r < R; r++) {
    int16_t *out = p->out + p->out_offsets[row + (size_t)r];
    for (int h = 0; h < 2; h++) {
      int16x8_t codes = vqmovn_high_s32(vqmovn_s32(code[r][2 * h]), code[r][2 * h + 1]);
      vst1q_s16(out + 8 * h, vmaxq_s16(codes, least));
    }
  }
}

static inline __attribute__((always_inline)) void requantize_panel(const spade_requantize *p, const int has_residual) {
  // A copy that no store through `out` can change, so that it stays in registers.
  const spade_requantize call = *p;
  requantize_constants k = {.residual_scale = vdupq_n_f32(p->residual_scale)};
  for (int q = 0; q < 4; q++) k.scale[q] = vld1q_f32(p->scale + 4 * q);
  const size_t count = p->row_count;
  size_t row = 0;
  for (; row + 4 <= count; row += 4) requantize_rows(&call, &k, row, 4, has_residual);
  for (; row < count; row++) requantize_rows(&call, &k, row, 1, has_residual);
}

static void spade_s32_requantize__neon(const spade_requantize *p) {
  if (p->residual) {
    requantize_panel(p, 1);
  } else {
    requantize_panel(p, 0);
  }
}

#endif
