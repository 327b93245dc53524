#include "set.h"

#if defined(__aarch64__)
SPADE_SET_BEGIN

#include "../shared/plain/s16_statistics.h"
#include "../shared/plain/s32_features.h"
#include "../shared/plain/s32_join.h"
#include "../shared/plain/s32_tap_sum.h"
#include "../shared/plain/u8_picture.h"
#include "../shared/neon/s16_modulate.h"
#include "../shared/neon/s16_table_sum.h"
#include "../shared/neon/s32_requantize.h"

const spade_kernel_set spade_kernel_set__neondot = {
    .name = "neondot",
    .features = SPADE_CPU_NEON | SPADE_CPU_DOTPROD,
    .block = {4, 16, 4},
    .product = spade_s8_product_4x16c4__neondot,
    .tap_sum = spade_s32_tap_sum__plain,
    .join = spade_s32_join__plain,
    .requantize = spade_s32_requantize__neon,
    .modulate = spade_s16_modulate__neon,
    .table_sum = spade_s16_table_sum__neon,
    .table_sum_relu = spade_s16_table_sum_relu__neon,
    .picture = spade_u8_picture__plain,
    .channel_sums = spade_s16_channel_sums__plain,
    .normalize = spade_s16_normalize__plain,
    .depthwise = spade_s32_depthwise__plain,
    .feature_moments = spade_s32_feature_moments__plain,
    .feature_codes = spade_s32_feature_codes__plain,
};

SPADE_SET_END
#endif
