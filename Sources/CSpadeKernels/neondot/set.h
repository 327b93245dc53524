// 64-bit ARM with dot products (ARMv8.2 DotProd).
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "../shared/numeric.h"

/// Around all code of the set.
#define SPADE_SET_BEGIN _Pragma("clang attribute push(__attribute__((target(\"dotprod\"))), apply_to = function)")
#define SPADE_SET_END _Pragma("clang attribute pop")

void spade_s8_product_4x16c4__neondot(const spade_product *);

#endif
