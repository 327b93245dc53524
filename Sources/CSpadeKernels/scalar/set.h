// Plain C for any processor. It defines the right answer: the other sets are tested against it.
#ifndef SPADE_SET_H
#define SPADE_SET_H

#include "../shared/numeric.h"

void spade_s8_product_1x16c4__scalar(const spade_product *);
void spade_s32_requantize__scalar(const spade_requantize *);
void spade_s32_feature_codes__scalar(const spade_feature_codes *);
void spade_s16_modulate__scalar(const spade_modulate *);
void spade_s16_table_sum__scalar(const spade_table_sum *, int16_t *out);
void spade_s16_table_sum_relu__scalar(const spade_table_sum *, int8_t *out);

#endif
