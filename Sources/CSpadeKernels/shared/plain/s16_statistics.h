// What instance norms need, compiled for each vector width.
#ifndef SPADE_PLAIN_S16_STATISTICS_H
#define SPADE_PLAIN_S16_STATISTICS_H

#include "../numeric.h"

static void spade_s16_channel_sums__plain(const int16_t *x, size_t count, size_t stride, size_t channels,
                                          int64_t *sums, int64_t *squares) {
  for (size_t i = 0; i < count; i++) {
    const int16_t *pixel = x + i * stride;
    for (size_t c = 0; c < channels; c++) {
      sums[c] += pixel[c];
      squares[c] += (int32_t)pixel[c] * pixel[c];
    }
  }
}

static void spade_s16_normalize__plain(const int16_t *x, size_t count, size_t stride, size_t channels,
                                       const float *factor, const float *term, int16_t *out) {
  for (size_t i = 0; i < count; i++) {
    for (size_t c = 0; c < channels; c++) {
      float v = (float)x[i * stride + c] * factor[c];
      out[i * stride + c] = spade_code16(v + term[c]);
    }
  }
}

#endif
