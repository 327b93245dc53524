#include "set.h"

#include "../shared/plain/s16_statistics.h"
#include "../shared/plain/s32_features.h"
#include "../shared/plain/s32_join.h"
#include "../shared/plain/s32_tap_sum.h"
#include "../shared/plain/u8_picture.h"

const spade_kernel_set spade_kernel_set__scalar = {
    .name = "scalar",
    .features = 0,
    .block = {1, 16, 4},
    .product = spade_s8_product_1x16c4__scalar,
    .tap_sum = spade_s32_tap_sum__plain,
    .join = spade_s32_join__plain,
    .requantize = spade_s32_requantize__scalar,
    .modulate = spade_s16_modulate__scalar,
    .table_sum = spade_s16_table_sum__scalar,
    .table_sum_relu = spade_s16_table_sum_relu__scalar,
    .picture = spade_u8_picture__plain,
    .channel_sums = spade_s16_channel_sums__plain,
    .normalize = spade_s16_normalize__plain,
    .depthwise = spade_s32_depthwise__plain,
    .feature_moments = spade_s32_feature_moments__plain,
    .feature_codes = spade_s32_feature_codes__scalar,
};
