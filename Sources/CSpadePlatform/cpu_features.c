#include "spade_kernels.h"
#include "spade_platform.h"

#if defined(__x86_64__)
#include <cpuid.h>

static uint64_t enabled_state(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((uint64_t)high << 32) | low;
}

uint32_t spade_cpu_features(void) {
  uint32_t a, b, c, d, features = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  if (c & bit_SSE4_1) features |= SPADE_CPU_SSE41;
  if (!(c & bit_OSXSAVE) || !(c & bit_AVX)) return features;

  uint64_t state = enabled_state();
  const uint64_t avx = 0x6, avx512 = 0xe6;
  if ((state & avx) != avx || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return features;
  const uint32_t max_subleaf = a;
  if (!(b & bit_AVX2)) return features;
  features |= SPADE_CPU_AVX2;
  const uint32_t f_bw_vl = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  if ((state & avx512) == avx512 && (b & f_bw_vl) == f_bw_vl && (c & bit_AVX512VNNI)) features |= SPADE_CPU_AVX512_VNNI;
  if (max_subleaf >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1u << 4))) features |= SPADE_CPU_AVX_VNNI;
  return features;
}

#elif defined(__aarch64__)
#include <sys/auxv.h>

uint32_t spade_cpu_features(void) {
  const unsigned long asimd = 1ul << 1, asimddp = 1ul << 20, i8mm = 1ul << 13;
  unsigned long hwcap = getauxval(AT_HWCAP), hwcap2 = getauxval(AT_HWCAP2);
  uint32_t features = 0;
  if (hwcap & asimd) features |= SPADE_CPU_NEON;
  if (hwcap & asimddp) features |= SPADE_CPU_DOTPROD;
  if (hwcap2 & i8mm) features |= SPADE_CPU_I8MM;
  return features;
}

#else
#error "Spade runs on x86-64 and 64-bit ARM; 32-bit boards need a 64-bit system."
#endif
