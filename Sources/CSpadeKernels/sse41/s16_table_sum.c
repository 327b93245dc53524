#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

/// Eight channels from channel `c`.
static inline __m128i sum8(const spade_table_sum *p, size_t c) {
  __m128i sum = _mm_loadu_si128((const __m128i *)(p->bias + c));
  for (size_t i = 0; i < p->count; i++) {
    sum = _mm_add_epi16(sum, _mm_loadu_si128((const __m128i *)(p->table + p->offsets[i] + c)));
  }
  return sum;
}

void spade_s16_table_sum__sse41(const spade_table_sum *p, int16_t *out) {
  for (size_t c = 0; c < p->channels; c += 8) _mm_storeu_si128((__m128i *)(out + c), sum8(p, c));
}

void spade_s16_table_sum_relu__sse41(const spade_table_sum *p, int8_t *out) {
  const __m128i half = _mm_set1_epi16(1 << (SPADE_HIDDEN_FRACTION_BITS - 1));
  const __m128i flip = _mm_set1_epi8((char)0x80);
  for (size_t c = 0; c < p->channels; c += 16) {
    __m128i low = _mm_srai_epi16(_mm_adds_epi16(sum8(p, c), half), SPADE_HIDDEN_FRACTION_BITS);
    __m128i high = _mm_srai_epi16(_mm_adds_epi16(sum8(p, c + 8), half), SPADE_HIDDEN_FRACTION_BITS);
    _mm_storeu_si128((__m128i *)(out + c), _mm_xor_si128(_mm_packus_epi16(low, high), flip));
  }
}

SPADE_SET_END
#endif
