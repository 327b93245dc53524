// Sums of table rows in 128-bit ARM vectors.
#ifndef SPADE_NEON_S16_TABLE_SUM_H
#define SPADE_NEON_S16_TABLE_SUM_H

#include "../numeric.h"

/// `8 · N` channels from channel `c`: one pass over the offsets.
static inline __attribute__((always_inline)) void table_sum(const spade_table_sum *p, size_t c, int16x8_t *sums,
                                                            const int N) {
  for (int n = 0; n < N; n++) sums[n] = vld1q_s16(p->bias + c + 8 * (size_t)n);
  for (size_t i = 0; i < p->count; i++) {
    const int16_t *row = p->table + p->offsets[i] + c;
    int16x8_t addend[8];
    for (int n = 0; n < N; n++) addend[n] = vld1q_s16(row + 8 * n);
    for (int n = 0; n < N; n++) sums[n] = vaddq_s16(sums[n], addend[n]);
  }
}

/// `16 · N` hidden codes from channel `c`.
static inline __attribute__((always_inline)) void table_sum_relu(const spade_table_sum *p, size_t c, int8_t *out,
                                                                 const int N) {
  const int16x8_t half = vdupq_n_s16(1 << (SPADE_HIDDEN_FRACTION_BITS - 1));
  const uint8x16_t flip = vdupq_n_u8(0x80);
  int16x8_t sums[8];
  table_sum(p, c, sums, 2 * N);
  for (int n = 0; n < N; n++) {
    int16x8_t low = vqaddq_s16(sums[2 * n], half), high = vqaddq_s16(sums[2 * n + 1], half);
    uint8x8_t first = vqshrun_n_s16(low, SPADE_HIDDEN_FRACTION_BITS);
    uint8x16_t codes = vqshrun_high_n_s16(first, high, SPADE_HIDDEN_FRACTION_BITS);
    vst1q_s8(out + c + 16 * (size_t)n, vreinterpretq_s8_u8(veorq_u8(codes, flip)));
  }
}

/// `8 · N` sums from channel `c`.
static inline __attribute__((always_inline)) void table_sum_store(const spade_table_sum *p, size_t c, int16_t *out,
                                                                  const int N) {
  int16x8_t sums[8];
  table_sum(p, c, sums, N);
  for (int n = 0; n < N; n++) vst1q_s16(out + c + 8 * (size_t)n, sums[n]);
}

static void spade_s16_table_sum__neon(const spade_table_sum *p, int16_t *out) {
  size_t c = 0;
  for (; c + 64 <= p->channels; c += 64) table_sum_store(p, c, out, 8);
  for (; c < p->channels; c += 16) table_sum_store(p, c, out, 2);
}

static void spade_s16_table_sum_relu__neon(const spade_table_sum *p, int8_t *out) {
  size_t c = 0;
  for (; c + 64 <= p->channels; c += 64) table_sum_relu(p, c, out, 4);
  for (; c < p->channels; c += 16) table_sum_relu(p, c, out, 1);
}

#endif
