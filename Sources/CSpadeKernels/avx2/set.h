// x86 with AVX2.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../shared/numeric.h"

/// Around all code of the set.
#define SPADE_SET_BEGIN _Pragma("clang attribute push(__attribute__((target(\"avx2\"))), apply_to = function)")
#define SPADE_SET_END _Pragma("clang attribute pop")

/// What int8 codes are xored with in memory.
#define SPADE_CODE_FLIP 0

/// The int16 of a vector, for the transforms of tiles.
#define SPADE_LANES 16

/// acc[i] + w[2i] · a[2i] + w[2i + 1] · a[2i + 1] of int16.
#define SPADE_MULTIPLY_ADD_PAIRS(acc, w, a) _mm256_add_epi32(acc, _mm256_madd_epi16(w, a))

void spade_s8_product_2x32c4__avx2(const spade_product *);

#endif
