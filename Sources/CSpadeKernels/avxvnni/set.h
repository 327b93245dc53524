// x86 with AVX2 and AVX-VNNI.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../shared/numeric.h"

/// Around all code of the set.
#define SPADE_SET_BEGIN _Pragma("clang attribute push(__attribute__((target(\"avx2,avxvnni\"))), apply_to = function)")
#define SPADE_SET_END _Pragma("clang attribute pop")

/// What int8 codes are xored with in memory.
#define SPADE_CODE_FLIP 0x80

/// The int16 of a vector, for the transforms of tiles.
#define SPADE_LANES 16

/// acc[i] + w[2i] · a[2i] + w[2i + 1] · a[2i + 1] of int16. As an intrinsic, clang makes a product and an addition of it.
#define SPADE_MULTIPLY_ADD_PAIRS(acc, w, a) \
  ({ \
    __m256i sum_ = (acc); \
    __asm__("%{vex%} vpdpwssd %2, %1, %0" : "+x"(sum_) : "x"(w), "x"(a)); \
    sum_; \
  })

void spade_u8_product_6x16c4__avxvnni(const spade_product *);

#endif
