#include "set.h"

void spade_s16_modulate__scalar(const spade_modulate *p) {
  for (size_t column = 0; column < p->width; column++) {
    const int16_t *x = p->x + (column >> p->x_shift) * p->channels;
    const int16_t *affine = p->affine + (p->windows ? p->windows[column] : 0) * p->channels * 2;
    int8_t *out = p->out + column * p->channels;
    for (size_t c = 0; c < p->channels; c++) {
      int32_t sum = spade_add32(x[c] * affine[2 * c], p->bias_factor * affine[2 * c + 1]);
      float t = (float)sum * p->scale[c];
      float scaled = t * p->slope;
      float v = t > scaled ? t : scaled;
      out[c] = spade_code8(v + p->zero_point[c]);
    }
  }
}
