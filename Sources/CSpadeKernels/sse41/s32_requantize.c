#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

void spade_s32_requantize__sse41(const spade_requantize *p) {
  const __m128i low = _mm_set1_epi16(-32767);
  const __m128 residual_scale = _mm_set1_ps(p->residual_scale);
  for (size_t row = 0; row < p->row_count; row++) {
    const int32_t *acc = p->accumulators + row * SPADE_PANEL_COLUMNS;
    int16_t *out = p->out + p->out_offsets[row];
    __m128i rounded[4];
    for (int j = 0; j < 4; j++) {
      __m128 v = _mm_cvtepi32_ps(_mm_loadu_si128((const __m128i *)acc + j));
      v = _mm_mul_ps(v, _mm_loadu_ps(p->scale + 4 * j));
      if (p->residual) {
        const int16_t *residual = p->residual + p->residual_offsets[row] + 4 * j;
        __m128 r = _mm_cvtepi32_ps(_mm_cvtepi16_epi32(_mm_loadl_epi64((const __m128i *)residual)));
        v = _mm_add_ps(v, _mm_mul_ps(r, residual_scale));
      }
      rounded[j] = _mm_cvtps_epi32(v);
    }
    for (int j = 0; j < 2; j++) {
      __m128i codes = _mm_packs_epi32(rounded[2 * j], rounded[2 * j + 1]);
      _mm_storeu_si128((__m128i *)out + j, _mm_max_epi16(codes, low));
    }
  }
}

SPADE_SET_END
#endif
