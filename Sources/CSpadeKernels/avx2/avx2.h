// Kernels for x86 with AVX2.
#ifndef SPADE_AVX2_H
#define SPADE_AVX2_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../numeric.h"

extern const spade_winograd_kernels spade_winograd__avx2;
void spade_s8_product_2x32c4__avx2(const spade_product *);
void spade_s32_requantize__avx2(const spade_requantize *);
void spade_s16_modulate__avx2(const spade_modulate *);
void spade_s16_table_sum__avx2(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__avx2(const spade_table_sum *, int8_t *out);

// For sets whose product reads unsigned codes: the same bytes, xor 0x80.
void spade_s16_modulate_u8__avx2(const spade_modulate *);
void spade_s16_table_sum_relu_u8__avx2(const spade_table_sum *, int8_t *out);

#endif
