#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

/// Four channels: `sum` = x · A + bias_factor · B.
static inline __m128i quantize4(__m128i sum, const float *scale, const float *zero_point, __m128 slope) {
  __m128 t = _mm_mul_ps(_mm_cvtepi32_ps(sum), _mm_loadu_ps(scale));
  __m128 v = _mm_max_ps(t, _mm_mul_ps(t, slope));
  return _mm_cvtps_epi32(_mm_add_ps(v, _mm_loadu_ps(zero_point)));
}

static inline __attribute__((always_inline)) void modulate(const spade_modulate *p, const int is_fine) {
  const __m128i factor = _mm_set1_epi16(p->bias_factor);
  const __m128 slope = _mm_set1_ps(p->slope);
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * p->channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * p->channels * 2;
    int8_t *out = p->out + column * p->channels * (is_fine ? 2 : 1);
    for (size_t c = 0; c < p->channels; c += 16) {
      __m128i rounded[4];
      for (int j = 0; j < 2; j++) {
        __m128i eight = _mm_loadu_si128((const __m128i *)(x + c) + j);
        const __m128i *pairs = (const __m128i *)(affine + 2 * c) + 2 * j;
        __m128i low = _mm_madd_epi16(_mm_unpacklo_epi16(eight, factor), _mm_loadu_si128(pairs));
        __m128i high = _mm_madd_epi16(_mm_unpackhi_epi16(eight, factor), _mm_loadu_si128(pairs + 1));
        size_t i = c + 8 * (size_t)j;
        rounded[2 * j] = quantize4(low, p->scale + i, p->zero_point + i, slope);
        rounded[2 * j + 1] = quantize4(high, p->scale + i + 4, p->zero_point + i + 4, slope);
      }
      __m128i low = _mm_packs_epi32(rounded[0], rounded[1]), high = _mm_packs_epi32(rounded[2], rounded[3]);
      if (is_fine) {
        const __m128i least = _mm_set1_epi16(SPADE_FINE_LEAST), most = _mm_set1_epi16(SPADE_FINE_MOST);
        const __m128i mask = _mm_set1_epi16(3);
        low = _mm_min_epi16(_mm_max_epi16(low, least), most);
        high = _mm_min_epi16(_mm_max_epi16(high, least), most);
        __m128i lows = _mm_packs_epi16(_mm_and_si128(low, mask), _mm_and_si128(high, mask));
        _mm_storeu_si128((__m128i *)(out + p->channels + c), lows);
        low = _mm_srai_epi16(low, 2);
        high = _mm_srai_epi16(high, 2);
      }
      _mm_storeu_si128((__m128i *)(out + c), _mm_packs_epi16(low, high));
    }
  }
}

void spade_s16_modulate__sse41(const spade_modulate *p) {
  if (p->is_fine)
    modulate(p, 1);
  else
    modulate(p, 0);
}

SPADE_SET_END
#endif
