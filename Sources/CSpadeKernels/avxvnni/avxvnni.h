// The product for x86 with AVX-VNNI; its other kernels are those of AVX2 that write unsigned codes.
#ifndef SPADE_AVXVNNI_H
#define SPADE_AVXVNNI_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../numeric.h"

extern const spade_winograd_kernels spade_winograd__avxvnni;
void spade_u8_product_6x16c4__avxvnni(const spade_product *);

#endif
