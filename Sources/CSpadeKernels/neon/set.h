// 64-bit ARM, any version.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "../shared/numeric.h"

/// What int8 codes are xored with in memory.
#define SPADE_CODE_FLIP 0

/// The int16 of a vector, for the transforms of tiles.
#define SPADE_LANES 8

void spade_s8_product_2x16c8__neon(const spade_product *);
void spade_s16_winograd_3x8c4__neon(const spade_winograd_product *);

#endif
