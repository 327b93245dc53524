#include "scalar/scalar.h"
#include "sse41/sse41.h"

typedef struct {
  spade_kernel_set set;
  uint32_t features;
} entry;

static const entry entries[] = {
    {{"scalar", 0, spade_s8_product_1x16c4__scalar, spade_s32_requantize__scalar, spade_s16_modulate__scalar,
      spade_s16_table_sum__scalar, spade_s16_table_sum_relu__scalar},
     0},
#if defined(__x86_64__)
    {{"sse41", 0, spade_s8_product_2x16c4__sse41, spade_s32_requantize__sse41, spade_s16_modulate__sse41,
      spade_s16_table_sum__sse41, spade_s16_table_sum_relu__sse41},
     SPADE_CPU_SSE41},
#endif
};

size_t spade_kernel_set_count(void) { return sizeof entries / sizeof entries[0]; }

const spade_kernel_set *spade_kernel_set_at(size_t index) { return &entries[index].set; }

uint32_t spade_kernel_set_features(size_t index) { return entries[index].features; }
