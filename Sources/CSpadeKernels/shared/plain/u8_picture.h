// Accumulators of conv_img to colours, compiled for each vector width.
#ifndef SPADE_PLAIN_U8_PICTURE_H
#define SPADE_PLAIN_U8_PICTURE_H

#include "../numeric.h"

/// tanh for |x| up to the bound where the fraction reaches 1, and ±1 beyond.
static inline float spade_tanh(float x) {
  const float bound = 4.972f;
  x = x < -bound ? -bound : x;
  x = x > bound ? bound : x;
  float s = x * x;
  float p = x * (135135.0f + s * (17325.0f + s * (378.0f + s)));
  float q = 135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f));
  float t = p / q;
  t = t < -1.0f ? -1.0f : t;
  return t > 1.0f ? 1.0f : t;
}

static void spade_u8_picture__plain(const int32_t *accumulators, size_t row_count, const float *scale, uint8_t *out) {
  for (size_t row = 0; row < row_count; row++) {
    for (size_t c = 0; c < 3; c++) {
      float v = (float)accumulators[row * SPADE_PANEL_COLUMNS + c] * scale[c];
      out[row * 3 + c] = (uint8_t)((spade_tanh(v) + 1.0f) * 127.5f);
    }
  }
}

#endif
