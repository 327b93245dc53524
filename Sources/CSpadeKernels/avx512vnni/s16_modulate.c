#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

static inline __attribute__((always_inline)) void modulate(const spade_modulate *p, const int is_fine) {
  const __m512i factor = _mm512_slli_epi32(_mm512_set1_epi32(p->bias_factor), 16);
  const __m512 slope = _mm512_set1_ps(p->slope);
  const __m128i flip = _mm_set1_epi8((char)SPADE_CODE_FLIP);
  const size_t channels = p->channels;
  const float *scale = p->scale, *zero_point = p->zero_point;
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * channels * 2;
    int8_t *out = p->out + column * channels * (is_fine ? 2 : 1);
    for (size_t c = 0; c < channels; c += 16) {
      __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(x + c)));
      __m512i sum = _mm512_madd_epi16(_mm512_or_si512(wide, factor), _mm512_loadu_si512(affine + 2 * c));
      __m512 t = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(scale + c));
      __m512 v = _mm512_max_ps(t, _mm512_mul_ps(t, slope));
      __m512i rounded = _mm512_cvtps_epi32(_mm512_add_ps(v, _mm512_loadu_ps(zero_point + c)));
      if (is_fine) {
        rounded = _mm512_max_epi32(rounded, _mm512_set1_epi32(SPADE_FINE_LEAST));
        rounded = _mm512_min_epi32(rounded, _mm512_set1_epi32(SPADE_FINE_MOST));
        __m128i lows = _mm512_cvtepi32_epi8(_mm512_and_si512(rounded, _mm512_set1_epi32(3)));
        _mm_storeu_si128((__m128i *)(out + channels + c), _mm_xor_si128(lows, flip));
        rounded = _mm512_srai_epi32(rounded, 2);
      }
      _mm_storeu_si128((__m128i *)(out + c), _mm_xor_si128(_mm512_cvtsepi32_epi8(rounded), flip));
    }
  }
}

void spade_s16_modulate__avx512vnni(const spade_modulate *p) {
  if (p->is_fine)
    modulate(p, 1);
  else
    modulate(p, 0);
}

SPADE_SET_END
#endif
