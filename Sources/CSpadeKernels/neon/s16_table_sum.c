#include "neon.h"

#if defined(__aarch64__)

/// Eight channels from channel `c`.
static inline int16x8_t sum8(const spade_table_sum *p, size_t c) {
  int16x8_t sum = vld1q_s16(p->bias + c);
  for (size_t i = 0; i < p->count; i++) sum = vaddq_s16(sum, vld1q_s16(p->table + p->offsets[i] + c));
  return sum;
}

void spade_s16_table_sum__neon(const spade_table_sum *p, int16_t *out) {
  for (size_t c = 0; c < p->channels; c += 8) vst1q_s16(out + c, sum8(p, c));
}

void spade_s16_table_sum_relu__neon(const spade_table_sum *p, int8_t *out) {
  const int16x8_t half = vdupq_n_s16(1 << (SPADE_HIDDEN_FRACTION_BITS - 1));
  const uint8x16_t flip = vdupq_n_u8(0x80);
  for (size_t c = 0; c < p->channels; c += 16) {
    int16x8_t low = vqaddq_s16(sum8(p, c), half), high = vqaddq_s16(sum8(p, c + 8), half);
    uint8x8_t first = vqshrun_n_s16(low, SPADE_HIDDEN_FRACTION_BITS);
    uint8x16_t codes = vqshrun_high_n_s16(first, high, SPADE_HIDDEN_FRACTION_BITS);
    vst1q_s8(out + c, vreinterpretq_s8_u8(veorq_u8(codes, flip)));
  }
}

#endif
