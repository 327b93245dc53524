// x86 with AVX-512 (F, BW, VL) and its VNNI.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "../shared/numeric.h"

/// Around all code of the set.
#define SPADE_SET_BEGIN _Pragma("clang attribute push(__attribute__((target(\"avx2,avx512f,avx512bw,avx512vl,avx512vnni\"))), apply_to = function)")
#define SPADE_SET_END _Pragma("clang attribute pop")

/// What int8 codes are xored with in memory.
#define SPADE_CODE_FLIP 0x80

/// The int16 of a vector, for the transforms of tiles.
#define SPADE_LANES 32

void spade_u8_product_6x64c4__avx512vnni(const spade_product *);
void spade_s16_winograd_8x16c4__avx512vnni(const spade_winograd_product *);
void spade_s32_requantize__avx512vnni(const spade_requantize *);
void spade_s16_modulate__avx512vnni(const spade_modulate *);

#endif
