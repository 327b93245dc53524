#include "avx2/avx2.h"
#include "avx512vnni/avx512vnni.h"
#include "avxvnni/avxvnni.h"
#include "neon/neon.h"
#include "neondot/neondot.h"
#include "scalar/scalar.h"
#include "sse41/sse41.h"
#include "tap_sum.h"

typedef struct {
  spade_kernel_set set;
  uint32_t features;
} entry;

static const entry entries[] = {
    {{.name = "scalar",
      .product = spade_s8_product_1x16c4__scalar,
      .tap_sum = spade_s32_tap_sum__portable,
      .requantize = spade_s32_requantize__scalar,
      .modulate = spade_s16_modulate__scalar,
      .table_sum = spade_s16_table_sum__scalar,
      .table_sum_relu = spade_s16_table_sum_relu__scalar},
     .features = 0},
#if defined(__x86_64__)
    {{.name = "sse41",
      .product = spade_s8_product_2x16c4__sse41,
      .winograd = &spade_winograd__sse41,
      .tap_sum = spade_s32_tap_sum__portable,
      .requantize = spade_s32_requantize__sse41,
      .modulate = spade_s16_modulate__sse41,
      .table_sum = spade_s16_table_sum__sse41,
      .table_sum_relu = spade_s16_table_sum_relu__sse41},
     .features = SPADE_CPU_SSE41},
    {{.name = "avx2",
      .product = spade_s8_product_2x32c4__avx2,
      .winograd = &spade_winograd__avx2,
      .tap_sum = spade_s32_tap_sum__avx2,
      .requantize = spade_s32_requantize__avx2,
      .modulate = spade_s16_modulate__avx2,
      .table_sum = spade_s16_table_sum__avx2,
      .table_sum_relu = spade_s16_table_sum_relu__avx2},
     .features = SPADE_CPU_AVX2},
    {{.name = "avxvnni",
      .code_flip = 0x80,
      .product = spade_u8_product_6x16c4__avxvnni,
      .winograd = &spade_winograd__avxvnni,
      .tap_sum = spade_s32_tap_sum__avx2,
      .requantize = spade_s32_requantize__avx2,
      .modulate = spade_s16_modulate_u8__avx2,
      .table_sum = spade_s16_table_sum__avx2,
      .table_sum_relu = spade_s16_table_sum_relu_u8__avx2},
     .features = SPADE_CPU_AVX2 | SPADE_CPU_AVX_VNNI},
    {{.name = "avx512vnni",
      .code_flip = 0x80,
      .product = spade_u8_product_6x64c4__avx512vnni,
      .winograd = &spade_winograd__avx512vnni,
      .tap_sum = spade_s32_tap_sum__avx2,
      .requantize = spade_s32_requantize__avx512vnni,
      .modulate = spade_s16_modulate_u8__avx512vnni,
      .table_sum = spade_s16_table_sum__avx2,
      .table_sum_relu = spade_s16_table_sum_relu_u8__avx2},
     .features = SPADE_CPU_AVX2 | SPADE_CPU_AVX512_VNNI},
#elif defined(__aarch64__)
    {{.name = "neon",
      .product = spade_s8_product_2x16c8__neon,
      .winograd = &spade_winograd__neon,
      .tap_sum = spade_s32_tap_sum__portable,
      .requantize = spade_s32_requantize__neon,
      .modulate = spade_s16_modulate__neon,
      .table_sum = spade_s16_table_sum__neon,
      .table_sum_relu = spade_s16_table_sum_relu__neon},
     .features = SPADE_CPU_NEON},
    {{.name = "neondot",
      .product = spade_s8_product_4x16c4__neondot,
      .tap_sum = spade_s32_tap_sum__portable,
      .requantize = spade_s32_requantize__neon,
      .modulate = spade_s16_modulate__neon,
      .table_sum = spade_s16_table_sum__neon,
      .table_sum_relu = spade_s16_table_sum_relu__neon},
     .features = SPADE_CPU_NEON | SPADE_CPU_DOTPROD},
#endif
};

size_t spade_kernel_set_count(void) { return sizeof entries / sizeof entries[0]; }

const spade_kernel_set *spade_kernel_set_at(size_t index) { return &entries[index].set; }

uint32_t spade_kernel_set_features(size_t index) { return entries[index].features; }
