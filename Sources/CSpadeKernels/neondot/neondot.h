// The product for 64-bit ARM with dot products (ARMv8.2 DotProd); its other kernels are those of NEON.
#ifndef SPADE_NEONDOT_H
#define SPADE_NEONDOT_H

#include "../numeric.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

void spade_s8_product_4x16c4__neondot(const spade_product *);

#endif
