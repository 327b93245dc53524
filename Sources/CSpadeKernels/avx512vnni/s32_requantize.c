#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

void spade_s32_requantize__avx512vnni(const spade_requantize *p) {
  const __m256i low = _mm256_set1_epi16(-32767);
  const __m512 scale = _mm512_loadu_ps(p->scale);
  const __m512 residual_scale = _mm512_set1_ps(p->residual_scale);
  for (size_t row = 0; row < p->row_count; row++) {
    __m512i acc = _mm512_loadu_si512(p->accumulators + row * SPADE_PANEL_COLUMNS);
    __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(acc), scale);
    if (p->residual) {
      __m256i residual = _mm256_loadu_si256((const __m256i *)(p->residual + p->residual_offsets[row]));
      __m512 r = _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(residual));
      v = _mm512_add_ps(v, _mm512_mul_ps(r, residual_scale));
    }
    __m256i codes = _mm256_max_epi16(_mm512_cvtsepi32_epi16(_mm512_cvtps_epi32(v)), low);
    _mm256_storeu_si256((__m256i *)(p->out + p->out_offsets[row]), codes);
  }
}

SPADE_SET_END
#endif
