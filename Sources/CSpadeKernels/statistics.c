#include "numeric.h"

void spade_channel_sums(const int16_t *x, size_t count, size_t stride, size_t channels, int64_t *sums,
                        int64_t *squares) {
  for (size_t i = 0; i < count; i++) {
    const int16_t *pixel = x + i * stride;
    for (size_t c = 0; c < channels; c++) {
      sums[c] += pixel[c];
      squares[c] += (int32_t)pixel[c] * pixel[c];
    }
  }
}

void spade_normalize(const int16_t *x, size_t count, size_t stride, size_t channels, const float *factor,
                     const float *term, int16_t *out) {
  for (size_t i = 0; i < count; i++) {
    for (size_t c = 0; c < channels; c++) {
      float v = (float)x[i * stride + c] * factor[c];
      out[i * stride + c] = spade_code16(v + term[c]);
    }
  }
}
