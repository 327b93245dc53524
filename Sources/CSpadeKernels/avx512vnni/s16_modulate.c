#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

void spade_s16_modulate__avx512vnni(const spade_modulate *p) {
  const __m512i factor = _mm512_slli_epi32(_mm512_set1_epi32(p->bias_factor), 16);
  const __m512 slope = _mm512_set1_ps(p->slope);
  const __m128i flip = _mm_set1_epi8((char)SPADE_CODE_FLIP);
  const size_t channels = p->channels;
  const float *scale = p->scale, *zero_point = p->zero_point;
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * channels * 2;
    int8_t *out = p->out + column * channels;
    for (size_t c = 0; c < channels; c += 16) {
      __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(x + c)));
      __m512i sum = _mm512_madd_epi16(_mm512_or_si512(wide, factor), _mm512_loadu_si512(affine + 2 * c));
      __m512 t = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(scale + c));
      __m512 v = _mm512_max_ps(t, _mm512_mul_ps(t, slope));
      __m512i rounded = _mm512_cvtps_epi32(_mm512_add_ps(v, _mm512_loadu_ps(zero_point + c)));
      _mm_storeu_si128((__m128i *)(out + c), _mm_xor_si128(_mm512_cvtsepi32_epi8(rounded), flip));
    }
  }
}

SPADE_SET_END
#endif
