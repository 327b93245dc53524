// Kernels for x86 with AVX-512 (F, BW, VL) and VNNI. Codes lie in memory xor 0x80.
#ifndef SPADE_AVX512VNNI_H
#define SPADE_AVX512VNNI_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../numeric.h"

extern const spade_winograd_kernels spade_winograd__avx512vnni;
void spade_u8_product_6x64c4__avx512vnni(const spade_product *);
void spade_s32_requantize__avx512vnni(const spade_requantize *);
void spade_s16_modulate_u8__avx512vnni(const spade_modulate *);

#endif
