// One row of pixels in 256-bit vectors.
#ifndef SPADE_YMM_S16_MODULATE_H
#define SPADE_YMM_S16_MODULATE_H

#include "../numeric.h"

/// Eight channels, not yet saturated. `factor` holds bias_factor above 16 zero bits in each lane.
static inline __m256i modulate8(const int16_t *x, const int16_t *affine, const float *scale, const float *zero_point,
                                __m256i factor, __m256 slope) {
  __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)x));
  __m256i sum = _mm256_madd_epi16(_mm256_or_si256(wide, factor), _mm256_loadu_si256((const __m256i *)affine));
  __m256 t = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scale));
  __m256 v = _mm256_max_ps(t, _mm256_mul_ps(t, slope));
  return _mm256_cvtps_epi32(_mm256_add_ps(v, _mm256_loadu_ps(zero_point)));
}

/// 16 int16 to int8, saturated.
static inline __m128i modulate_pack(__m256i wide) {
  return _mm_packs_epi16(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
}

static inline __attribute__((always_inline)) void modulate_row(const spade_modulate *p, const int is_fine) {
  const __m256i factor = _mm256_slli_epi32(_mm256_set1_epi32(p->bias_factor), 16);
  const __m256 slope = _mm256_set1_ps(p->slope);
  const __m128i flip = _mm_set1_epi8((char)SPADE_CODE_FLIP);
  const size_t channels = p->channels;
  const float *scale = p->scale, *zero_point = p->zero_point;
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * channels * 2;
    int8_t *out = p->out + column * channels * (is_fine ? 2 : 1);
    for (size_t c = 0; c < channels; c += 16) {
      size_t h = c + 8;
      __m256i low = modulate8(x + c, affine + 2 * c, scale + c, zero_point + c, factor, slope);
      __m256i high = modulate8(x + h, affine + 2 * h, scale + h, zero_point + h, factor, slope);
      // Quarters of 4 channels: 0 2 | 1 3.
      __m256i wide = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
      if (is_fine) {
        wide = _mm256_max_epi16(wide, _mm256_set1_epi16(SPADE_FINE_LEAST));
        wide = _mm256_min_epi16(wide, _mm256_set1_epi16(SPADE_FINE_MOST));
        __m128i lows = modulate_pack(_mm256_and_si256(wide, _mm256_set1_epi16(3)));
        _mm_storeu_si128((__m128i *)(out + channels + c), _mm_xor_si128(lows, flip));
        wide = _mm256_srai_epi16(wide, 2);
      }
      _mm_storeu_si128((__m128i *)(out + c), _mm_xor_si128(modulate_pack(wide), flip));
    }
  }
}

static void spade_s16_modulate__ymm(const spade_modulate *p) {
  if (p->is_fine)
    modulate_row(p, 1);
  else
    modulate_row(p, 0);
}

#endif
