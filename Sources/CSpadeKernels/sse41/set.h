// x86 with SSE4.1.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../shared/numeric.h"

/// Around all code of the set.
#define SPADE_SET_BEGIN _Pragma("clang attribute push(__attribute__((target(\"sse4.1\"))), apply_to = function)")
#define SPADE_SET_END _Pragma("clang attribute pop")

/// What int8 codes are xored with in memory.
#define SPADE_CODE_FLIP 0

/// The int16 of a vector, for the transforms of tiles.
#define SPADE_LANES 8

void spade_s8_product_2x16c4__sse41(const spade_product *);
void spade_s16_winograd_4x4c4__sse41(const spade_winograd_product *);
void spade_s32_requantize__sse41(const spade_requantize *);
void spade_s16_modulate__sse41(const spade_modulate *);
void spade_s16_table_sum__sse41(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__sse41(const spade_table_sum *, int8_t *out);

#endif
