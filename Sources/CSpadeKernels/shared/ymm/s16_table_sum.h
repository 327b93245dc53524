// Sums of table rows in 256-bit vectors.
#ifndef SPADE_YMM_S16_TABLE_SUM_H
#define SPADE_YMM_S16_TABLE_SUM_H

#include "../numeric.h"

/// Sixteen channels from channel `c`.
static inline __m256i sum16(const spade_table_sum *p, size_t c) {
  __m256i sum = _mm256_loadu_si256((const __m256i *)(p->bias + c));
  for (size_t i = 0; i < p->count; i++) {
    sum = _mm256_add_epi16(sum, _mm256_loadu_si256((const __m256i *)(p->table + p->offsets[i] + c)));
  }
  return sum;
}

static void spade_s16_table_sum_relu__ymm(const spade_table_sum *p, int8_t *out) {
  const __m256i half = _mm256_set1_epi16(1 << (SPADE_HIDDEN_FRACTION_BITS - 1));
  const __m128i flip = _mm_set1_epi8((char)(0x80 ^ SPADE_CODE_FLIP));
  for (size_t c = 0; c < p->channels; c += 16) {
    __m256i wide = _mm256_srai_epi16(_mm256_adds_epi16(sum16(p, c), half), SPADE_HIDDEN_FRACTION_BITS);
    __m128i codes = _mm_packus_epi16(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
    _mm_storeu_si128((__m128i *)(out + c), _mm_xor_si128(codes, flip));
  }
}

static void spade_s16_table_sum__ymm(const spade_table_sum *p, int16_t *out) {
  for (size_t c = 0; c < p->channels; c += 16) _mm256_storeu_si256((__m256i *)(out + c), sum16(p, c));
}

#endif
