#include "set.h"

void spade_s16_modulate__scalar(const spade_modulate *p) {
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * p->channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * p->channels * 2;
    int8_t *out = p->out + column * p->channels * (p->is_fine ? 2 : 1);
    for (size_t c = 0; c < p->channels; c++) {
      int32_t sum = spade_add32(x[c] * affine[2 * c], p->bias_factor * affine[2 * c + 1]);
      float t = (float)sum * p->scale[c];
      float scaled = t * p->slope;
      float v = t > scaled ? t : scaled;
      if (p->is_fine) {
        const int16_t code = spade_fine_code(v + p->zero_point[c]);
        out[c] = (int8_t)(code >> 2);
        out[p->channels + c] = (int8_t)(code & 3);
      } else {
        out[c] = spade_code8(v + p->zero_point[c]);
      }
    }
  }
}
