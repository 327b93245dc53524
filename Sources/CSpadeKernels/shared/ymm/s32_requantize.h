// One panel of accumulators in 256-bit vectors.
#ifndef SPADE_YMM_S32_REQUANTIZE_H
#define SPADE_YMM_S32_REQUANTIZE_H

#include "../numeric.h"

static void spade_s32_requantize__ymm(const spade_requantize *p) {
  const __m256i low = _mm256_set1_epi16(-32767);
  const __m256 residual_scale = _mm256_set1_ps(p->residual_scale);
  const __m256 scale[2] = {_mm256_loadu_ps(p->scale), _mm256_loadu_ps(p->scale + 8)};
  for (size_t row = 0; row < p->row_count; row++) {
    const __m256i *acc = (const __m256i *)(p->accumulators + row * SPADE_PANEL_COLUMNS);
    __m256i rounded[2];
    for (int j = 0; j < 2; j++) {
      __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_loadu_si256(acc + j)), scale[j]);
      if (p->residual) {
        const __m128i *residual = (const __m128i *)(p->residual + p->residual_offsets[row]) + j;
        __m256 r = _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(_mm_loadu_si128(residual)));
        v = _mm256_add_ps(v, _mm256_mul_ps(r, residual_scale));
      }
      rounded[j] = _mm256_cvtps_epi32(v);
    }
    // Quarters of 4 columns: 0 2 | 1 3.
    __m256i codes = _mm256_max_epi16(_mm256_packs_epi32(rounded[0], rounded[1]), low);
    _mm256_storeu_si256((__m256i *)(p->out + p->out_offsets[row]), _mm256_permute4x64_epi64(codes, 0xd8));
  }
}

#endif
