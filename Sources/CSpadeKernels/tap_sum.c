#include "tap_sum.h"

void spade_s32_tap_sum__portable(const spade_tap_sum *p) { spade_tap_sum_rows(p); }

#if defined(__x86_64__)
__attribute__((target("avx2"))) void spade_s32_tap_sum__avx2(const spade_tap_sum *p) { spade_tap_sum_rows(p); }
#endif
