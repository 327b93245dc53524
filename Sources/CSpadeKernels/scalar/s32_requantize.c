#include "set.h"

void spade_s32_requantize__scalar(const spade_requantize *p) {
  for (size_t row = 0; row < p->row_count; row++) {
    const int32_t *acc = p->accumulators + row * SPADE_PANEL_COLUMNS;
    int16_t *out = p->out + p->out_offsets[row];
    for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++) {
      float v = (float)acc[c] * p->scale[c];
      if (p->residual) v = v + (float)p->residual[p->residual_offsets[row] + (int32_t)c] * p->residual_scale;
      out[c] = spade_code16(v);
    }
  }
}
