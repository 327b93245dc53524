#include "set.h"

static inline int16_t sum_at(const spade_table_sum *p, size_t c) {
  int16_t sum = p->bias[c];
  for (size_t i = 0; i < p->count; i++) sum = spade_add16(sum, p->table[p->offsets[i] + (int32_t)c]);
  return sum;
}

void spade_s16_table_sum__scalar(const spade_table_sum *p, int16_t *out) {
  for (size_t c = 0; c < p->channels; c++) out[c] = sum_at(p, c);
}

void spade_s16_table_sum_relu__scalar(const spade_table_sum *p, int8_t *out) {
  const int32_t half = 1 << (SPADE_HIDDEN_FRACTION_BITS - 1);
  for (size_t c = 0; c < p->channels; c++) {
    // Saturating like a vector unit's add, so that the largest sum does not wrap.
    int32_t sum = sum_at(p, c) + half;
    sum = sum > 32767 ? 32767 : sum;
    int32_t code = sum >> SPADE_HIDDEN_FRACTION_BITS;
    code = code < 0 ? 0 : code;
    code = code > 255 ? 255 : code;
    out[c] = (int8_t)(code - 128);
  }
}
