// Kernels for 64-bit ARM, any version.
#ifndef SPADE_NEON_H
#define SPADE_NEON_H

#include "../numeric.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#endif

extern const spade_winograd_kernels spade_winograd__neon;
void spade_s8_product_2x16c8__neon(const spade_product *);
void spade_s32_requantize__neon(const spade_requantize *);
void spade_s16_modulate__neon(const spade_modulate *);
void spade_s16_table_sum__neon(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__neon(const spade_table_sum *, int8_t *out);

#endif
