#include "neon.h"

#if defined(__aarch64__)

/// Four channels: `sum` = x · A + bias_factor · B.
static inline int32x4_t quantize4(int32x4_t sum, const float *scale, const float *zero_point, float32x4_t slope) {
  float32x4_t t = vmulq_f32(vcvtq_f32_s32(sum), vld1q_f32(scale));
  float32x4_t v = vmaxq_f32(t, vmulq_f32(t, slope));
  return vcvtnq_s32_f32(vaddq_f32(v, vld1q_f32(zero_point)));
}

/// Eight channels, saturated to int16.
static inline int16x8_t quantize8(const int16_t *x, const int16_t *affine, const float *scale, const float *zero_point,
                                  int16x8_t factor, float32x4_t slope) {
  int16x8_t eight = vld1q_s16(x);
  int16x8x2_t ab = vld2q_s16(affine);
  int32x4_t low = vmull_s16(vget_low_s16(eight), vget_low_s16(ab.val[0]));
  int32x4_t high = vmull_high_s16(eight, ab.val[0]);
  low = vmlal_s16(low, vget_low_s16(factor), vget_low_s16(ab.val[1]));
  high = vmlal_high_s16(high, factor, ab.val[1]);
  int32x4_t left = quantize4(low, scale, zero_point, slope);
  int32x4_t right = quantize4(high, scale + 4, zero_point + 4, slope);
  return vqmovn_high_s32(vqmovn_s32(left), right);
}

void spade_s16_modulate__neon(const spade_modulate *p) {
  const int16x8_t factor = vdupq_n_s16(p->bias_factor);
  const float32x4_t slope = vdupq_n_f32(p->slope);
  const size_t channels = p->channels;
  const float *scale = p->scale, *zero_point = p->zero_point;
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * channels * 2;
    int8_t *out = p->out + column * channels;
    for (size_t c = 0; c < channels; c += 16) {
      size_t h = c + 8;
      int16x8_t low = quantize8(x + c, affine + 2 * c, scale + c, zero_point + c, factor, slope);
      int16x8_t high = quantize8(x + h, affine + 2 * h, scale + h, zero_point + h, factor, slope);
      vst1q_s8(out + c, vqmovn_high_s16(vqmovn_s16(low), high));
    }
  }
}

#endif
