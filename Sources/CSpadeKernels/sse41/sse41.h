// Kernels for x86 with SSE4.1.
#ifndef SPADE_SSE41_H
#define SPADE_SSE41_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../numeric.h"

extern const spade_winograd_kernels spade_winograd__sse41;
void spade_s8_product_2x16c4__sse41(const spade_product *);
void spade_s32_requantize__sse41(const spade_requantize *);
void spade_s16_modulate__sse41(const spade_modulate *);
void spade_s16_table_sum__sse41(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__sse41(const spade_table_sum *, int8_t *out);

#endif
