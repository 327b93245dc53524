// The scalar kernels define the right answer; the others are tested against them.
#ifndef SPADE_SCALAR_H
#define SPADE_SCALAR_H

#include "../numeric.h"

void spade_s8_product_1x16c4__scalar(const spade_product *);
void spade_s32_requantize__scalar(const spade_requantize *);
void spade_s16_modulate__scalar(const spade_modulate *);
void spade_s16_table_sum__scalar(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__scalar(const spade_table_sum *, int8_t *out);

#endif
