// What separable SPADE layers need between hidden activations and their product, compiled for each vector width.
#ifndef SPADE_PLAIN_S32_FEATURES_H
#define SPADE_PLAIN_S32_FEATURES_H

#include "../numeric.h"

// What int8 codes are xored with in memory.
#ifdef SPADE_CODE_FLIP
#define SPADE_FEATURE_FLIP SPADE_CODE_FLIP
#else
#define SPADE_FEATURE_FLIP 0
#endif

enum { SPADE_FEATURE_LANES = 16 };

typedef uint8_t spade_feature_bytes __attribute__((vector_size(SPADE_FEATURE_LANES)));
typedef int16_t spade_feature_weights __attribute__((vector_size(2 * SPADE_FEATURE_LANES)));
typedef int32_t spade_feature_sums __attribute__((vector_size(4 * SPADE_FEATURE_LANES)));
typedef float spade_feature_floats __attribute__((vector_size(4 * SPADE_FEATURE_LANES)));

static void spade_s32_depthwise__plain(const spade_depthwise *p) {
  const size_t channels = p->channels, taps = p->tap_count;
  for (size_t c = 0; c < channels; c += SPADE_FEATURE_LANES) {
    spade_feature_sums gamma = {0}, beta = {0};
    for (size_t t = 0; t < taps; t++) {
      spade_feature_bytes codes;
      __builtin_memcpy(&codes, p->base + p->offsets[t * p->offset_stride] + c, sizeof codes);
      const spade_feature_sums values =
          __builtin_convertvector(codes ^ (uint8_t)(0x80 ^ SPADE_FEATURE_FLIP), spade_feature_sums);
      spade_feature_weights weights;
      __builtin_memcpy(&weights, p->weights + 2 * channels * t + c, sizeof weights);
      gamma += values * __builtin_convertvector(weights, spade_feature_sums);
      __builtin_memcpy(&weights, p->weights + 2 * channels * t + channels + c, sizeof weights);
      beta += values * __builtin_convertvector(weights, spade_feature_sums);
    }
    __builtin_memcpy(p->sums + c, &gamma, sizeof gamma);
    __builtin_memcpy(p->sums + channels + c, &beta, sizeof beta);
  }
}

static void spade_s32_feature_moments__plain(const int32_t *features, size_t count, uint32_t weight, int64_t *sums,
                                             int64_t *squares) {
  for (size_t f = 0; f < count; f++) {
    const int64_t weighted = (int64_t)features[f] * weight;
    sums[f] += weighted;
    squares[f] += weighted * features[f];
  }
}

static void spade_s32_feature_codes__plain(const spade_feature_codes *p) {
  const size_t count = p->count;
  for (size_t f = 0; f < count; f += SPADE_FEATURE_LANES) {
    spade_feature_sums feature, center;
    spade_feature_floats factor, term;
    __builtin_memcpy(&feature, p->features + f, sizeof feature);
    __builtin_memcpy(&center, p->center + f, sizeof center);
    __builtin_memcpy(&factor, p->factor + f, sizeof factor);
    __builtin_memcpy(&term, p->term + f, sizeof term);
    const spade_feature_floats scaled = __builtin_convertvector(feature - center, spade_feature_floats) * factor;
    const spade_feature_floats zero = {0}, most = zero + (float)SPADE_FEATURE_MOST;
    const spade_feature_floats v = __builtin_elementwise_min(__builtin_elementwise_max(scaled + term, -most), most);
    // 1.5 · 2^23 has units in its last place: the sum is rounded to a whole number, ties to even.
    const spade_feature_floats rounded = v + 12582912.0f;
    spade_feature_sums code;
    __builtin_memcpy(&code, &rounded, sizeof code);
    code -= 0x4B400000;
    const spade_feature_bytes high = __builtin_convertvector((code + 128) >> 8, spade_feature_bytes) ^ SPADE_FEATURE_FLIP;
    const spade_feature_bytes low = __builtin_convertvector(code, spade_feature_bytes) ^ SPADE_FEATURE_FLIP;
    __builtin_memcpy(p->out + f, &high, sizeof high);
    __builtin_memcpy(p->out + count + f, &low, sizeof low);
  }
}

#endif
