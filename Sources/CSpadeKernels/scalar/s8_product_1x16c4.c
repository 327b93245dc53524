#include "set.h"

void spade_s8_product_1x16c4__scalar(const spade_product *p) {
  for (size_t panel = 0; panel < p->panel_count; panel++) {
    const int32_t *bias = spade_panel_bias(p, panel);
    for (size_t row = 0; row < p->row_count; row++) {
      int32_t *acc = p->accumulators + panel * p->accumulator_stride + row * SPADE_PANEL_COLUMNS;
      for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++) acc[c] = bias[c];
      const int8_t *weight = (const int8_t *)p->weights + panel * p->panel_stride;
      for (size_t tap = 0; tap < p->tap_count; tap++) {
        const int8_t *code = p->base + p->offsets[tap * p->offset_stride + row];
        for (size_t d = 0; d < p->depth; d += SPADE_PANEL_DEPTH) {
          for (size_t c = 0; c < SPADE_PANEL_COLUMNS; c++) {
            int32_t sum = 0;
            for (size_t k = 0; k < SPADE_PANEL_DEPTH; k++) sum += code[d + k] * weight[c * SPADE_PANEL_DEPTH + k];
            acc[c] = spade_add32(acc[c], sum);
          }
          weight += SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH;
        }
      }
    }
  }
}
