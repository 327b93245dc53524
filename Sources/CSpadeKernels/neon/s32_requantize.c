#include "neon.h"

#if defined(__aarch64__)

/// Four columns: acc · scale, plus the residual where `residual` is not NULL.
static inline int32x4_t quantize4(const int32_t *acc, const float *scale, const int16_t *residual,
                                  float32x4_t residual_scale) {
  float32x4_t v = vmulq_f32(vcvtq_f32_s32(vld1q_s32(acc)), vld1q_f32(scale));
  if (residual) v = vaddq_f32(v, vmulq_f32(vcvtq_f32_s32(vmovl_s16(vld1_s16(residual))), residual_scale));
  return vcvtnq_s32_f32(v);
}

void spade_s32_requantize__neon(const spade_requantize *p) {
  const int16x8_t low = vdupq_n_s16(-32767);
  const float32x4_t residual_scale = vdupq_n_f32(p->residual_scale);
  for (size_t row = 0; row < p->row_count; row++) {
    const int32_t *acc = p->accumulators + row * SPADE_PANEL_COLUMNS;
    const int16_t *residual = p->residual ? p->residual + p->residual_offsets[row] : NULL;
    int16_t *out = p->out + p->out_offsets[row];
    for (int c = 0; c < SPADE_PANEL_COLUMNS; c += 8) {
      int32x4_t left = quantize4(acc + c, p->scale + c, residual ? residual + c : NULL, residual_scale);
      int32x4_t right = quantize4(acc + c + 4, p->scale + c + 4, residual ? residual + c + 4 : NULL, residual_scale);
      int16x8_t codes = vqmovn_high_s32(vqmovn_s32(left), right);
      vst1q_s16(out + c, vmaxq_s16(codes, low));
    }
  }
}

#endif
