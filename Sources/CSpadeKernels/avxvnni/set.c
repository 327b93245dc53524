#include "set.h"

#if defined(__x86_64__)
SPADE_SET_BEGIN

#include "../shared/plain/s16_statistics.h"
#include "../shared/plain/s16_winograd.h"
#include "../shared/plain/s32_features.h"
#include "../shared/plain/s32_join.h"
#include "../shared/plain/s32_tap_sum.h"
#include "../shared/plain/u8_picture.h"
#include "../shared/ymm/s16_modulate.h"
#include "../shared/ymm/s16_table_sum.h"
#include "../shared/ymm/s16_winograd_6x8c4.h"
#include "../shared/ymm/s32_requantize.h"

static const spade_winograd_kernels winograd = {
    .block = {6, 8, 4},
    .rows_per_tile = 12.0,
    .product = spade_s16_winograd_6x8c4__ymm,
    .input = spade_s16_winograd_input__plain,
    .weights = spade_s16_winograd_weights__plain,
    .output = spade_s16_winograd_output__plain,
};

const spade_kernel_set spade_kernel_set__avxvnni = {
    .name = "avxvnni",
    .features = SPADE_CPU_AVX2 | SPADE_CPU_AVX_VNNI,
    .code_flip = SPADE_CODE_FLIP,
    .block = {6, 16, 4},
    .product = spade_u8_product_6x16c4__avxvnni,
    .winograd = &winograd,
    .tap_sum = spade_s32_tap_sum__plain,
    .join = spade_s32_join__plain,
    .requantize = spade_s32_requantize__ymm,
    .modulate = spade_s16_modulate__ymm,
    .table_sum = spade_s16_table_sum__ymm,
    .table_sum_relu = spade_s16_table_sum_relu__ymm,
    .picture = spade_u8_picture__plain,
    .channel_sums = spade_s16_channel_sums__plain,
    .normalize = spade_s16_normalize__plain,
    .depthwise = spade_s32_depthwise__plain,
    .feature_moments = spade_s32_feature_moments__plain,
    .feature_codes = spade_s32_feature_codes__plain,
};

SPADE_SET_END
#endif
