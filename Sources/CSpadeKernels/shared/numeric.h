// The numeric rules in scalar form. Included by every kernel file: it also forbids fused multiply-adds.
#ifndef SPADE_NUMERIC_H
#define SPADE_NUMERIC_H

#include "spade_kernels.h"

#pragma STDC FP_CONTRACT OFF

/// The accumulators' start of a panel.
static inline const int32_t *spade_panel_bias(const spade_product *p, size_t panel) {
  static const _Alignas(64) int32_t zeros[SPADE_PANEL_COLUMNS];
  return p->bias ? (const int32_t *)((const uint8_t *)p->bias + panel * p->panel_stride) : zeros;
}

/// Nearest integer, ties to even, of a value in −2^22 … 2^22.
static inline float spade_round(float v) {
  // Adding 1.5 · 2^23 leaves no fraction bits; the subtraction is exact.
  const float magic = 12582912.0f;
  float shifted = v + magic;
  return shifted - magic;
}

/// Saturates to low … high, both integers, and rounds.
static inline int32_t spade_saturate(float v, float low, float high) {
  v = v < low ? low : v;
  v = v > high ? high : v;
  return (int32_t)spade_round(v);
}

static inline int16_t spade_code16(float v) { return (int16_t)spade_saturate(v, -32767.0f, 32767.0f); }

static inline int8_t spade_code8(float v) { return (int8_t)spade_saturate(v, -128.0f, 127.0f); }

/// A fine code, 4 · high + low.
static inline int16_t spade_fine_code(float v) { return (int16_t)spade_saturate(v, SPADE_FINE_LEAST, SPADE_FINE_MOST); }

/// A feature's code, 256 · high + low.
static inline int32_t spade_feature_code(float v) {
  return spade_saturate(v, -SPADE_FEATURE_MOST, SPADE_FEATURE_MOST);
}

/// Sums modulo 2^32, as vector units do.
static inline int32_t spade_add32(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }

static inline int16_t spade_add16(int16_t a, int16_t b) { return (int16_t)(uint16_t)((uint16_t)a + (uint16_t)b); }

#endif
