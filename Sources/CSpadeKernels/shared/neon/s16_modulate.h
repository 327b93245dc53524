// One row of pixels in 128-bit ARM vectors.
#ifndef SPADE_NEON_S16_MODULATE_H
#define SPADE_NEON_S16_MODULATE_H

#include "../numeric.h"

/// What all columns share.
typedef struct {
  const float *scale, *zero_point;
  int16x8_t factor;
  float32x4_t slope;
} modulate_constants;

/// 16 channels from `c` of `C` columns. The columns go through each step side by side, so that no instruction waits for
/// the one before it on cores that keep to the order of the program.
static inline __attribute__((always_inline)) void modulate_block(const modulate_constants *k, const int16_t *const *x,
                                                                 const int16_t *const *affine, int8_t *const *out,
                                                                 size_t c, const int C, const int is_fine,
                                                                 size_t channels) {
  int32x4_t sum[4][2];
  for (int h = 0; h < 2; h++) {
    int16x8_t eight[2];
    int16x8x2_t ab[2];
    for (int i = 0; i < C; i++) {
      eight[i] = vld1q_s16(x[i] + c + 8 * h);
      ab[i] = vld2q_s16(affine[i] + 2 * (c + 8 * h));
    }
    for (int i = 0; i < C; i++) {
      sum[2 * h][i] = vmull_s16(vget_low_s16(eight[i]), vget_low_s16(ab[i].val[0]));
      sum[2 * h + 1][i] = vmull_high_s16(eight[i], ab[i].val[0]);
    }
    for (int i = 0; i < C; i++) {
      sum[2 * h][i] = vmlal_s16(sum[2 * h][i], vget_low_s16(k->factor), vget_low_s16(ab[i].val[1]));
      sum[2 * h + 1][i] = vmlal_high_s16(sum[2 * h + 1][i], k->factor, ab[i].val[1]);
    }
  }

  float32x4_t t[4][2];
  for (int q = 0; q < 4; q++)
    for (int i = 0; i < C; i++) t[q][i] = vcvtq_f32_s32(sum[q][i]);
  for (int q = 0; q < 4; q++) {
    float32x4_t scale = vld1q_f32(k->scale + c + 4 * (size_t)q);
    for (int i = 0; i < C; i++) t[q][i] = vmulq_f32(t[q][i], scale);
  }
  for (int q = 0; q < 4; q++)
    for (int i = 0; i < C; i++) t[q][i] = vmaxq_f32(t[q][i], vmulq_f32(t[q][i], k->slope));
  for (int q = 0; q < 4; q++) {
    float32x4_t zero_point = vld1q_f32(k->zero_point + c + 4 * (size_t)q);
    for (int i = 0; i < C; i++) sum[q][i] = vcvtnq_s32_f32(vaddq_f32(t[q][i], zero_point));
  }

  for (int i = 0; i < C; i++) {
    int16x8_t low = vqmovn_high_s32(vqmovn_s32(sum[0][i]), sum[1][i]);
    int16x8_t high = vqmovn_high_s32(vqmovn_s32(sum[2][i]), sum[3][i]);
    if (is_fine) {
      const int16x8_t least = vdupq_n_s16(SPADE_FINE_LEAST), most = vdupq_n_s16(SPADE_FINE_MOST), mask = vdupq_n_s16(3);
      low = vminq_s16(vmaxq_s16(low, least), most);
      high = vminq_s16(vmaxq_s16(high, least), most);
      vst1q_s8(out[i] + channels + c, vmovn_high_s16(vmovn_s16(vandq_s16(low, mask)), vandq_s16(high, mask)));
      low = vshrq_n_s16(low, 2);
      high = vshrq_n_s16(high, 2);
    }
    vst1q_s8(out[i] + c, vqmovn_high_s16(vqmovn_s16(low), high));
  }
}

/// All channels of `C` columns from `column`.
static inline __attribute__((always_inline)) void modulate_columns(const spade_modulate *p, const modulate_constants *k,
                                                                   size_t column, const int C, const int is_fine) {
  const size_t channels = p->channels;
  const int16_t *x[2], *affine[2];
  int8_t *out[2];
  for (int i = 0; i < C; i++) {
    size_t at = column + (size_t)i;
    x[i] = p->x + (at >> p->x_shift) * channels;
    affine[i] = p->affine + (p->windows ? p->windows[at] : 0) * channels * 2;
    out[i] = p->out + at * channels * (is_fine ? 2 : 1);
  }
  for (size_t c = 0; c < channels; c += 16) modulate_block(k, x, affine, out, c, C, is_fine, channels);
}

static inline __attribute__((always_inline)) void modulate_row(const spade_modulate *p, const int is_fine) {
  const modulate_constants k = {p->scale, p->zero_point, vdupq_n_s16(p->bias_factor), vdupq_n_f32(p->slope)};
  size_t column = 0;
  for (; column + 2 <= p->width; column += 2) modulate_columns(p, &k, column, 2, is_fine);
  if (column < p->width) modulate_columns(p, &k, column, 1, is_fine);
}

static void spade_s16_modulate__neon(const spade_modulate *p) {
  if (p->is_fine)
    modulate_row(p, 1);
  else
    modulate_row(p, 0);
}

#endif
