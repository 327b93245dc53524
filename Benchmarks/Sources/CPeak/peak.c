#include "peak.h"

#include <stddef.h>
#include <string.h>

// Each loop issues the instructions that its set's product of codes, or of transformed codes ("tiles"), spends on a
// multiply-add, on operands that stay in registers,
// with enough accumulators to hide their latency. OPAQUE keeps the compiler from seeing that the operands never change.
#define OPAQUE(x, constraint) __asm__ volatile("" : "+" constraint(x))

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("sse4.1"))), apply_to = function)
static uint64_t run_sse41(uint64_t rounds) {
  __m128i acc[8], a = _mm_set1_epi8(3), w = _mm_set1_epi8(5), magnitude = a, ones = _mm_set1_epi16(1);
  OPAQUE(a, "x");
  OPAQUE(magnitude, "x");
  OPAQUE(ones, "x");
  for (int i = 0; i < 8; i++) acc[i] = _mm_setzero_si128();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 8; i++) {
      OPAQUE(w, "x");
      __m128i pairs = _mm_maddubs_epi16(magnitude, _mm_sign_epi8(w, a));
      acc[i] = _mm_add_epi32(acc[i], _mm_madd_epi16(pairs, ones));
    }
  for (int i = 0; i < 8; i++) OPAQUE(acc[i], "x");
  return rounds * 8 * 16;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
static uint64_t run_avx2(uint64_t rounds) {
  __m256i acc[8], a = _mm256_set1_epi8(3), w = _mm256_set1_epi8(5), magnitude = a, ones = _mm256_set1_epi16(1);
  OPAQUE(a, "x");
  OPAQUE(magnitude, "x");
  OPAQUE(ones, "x");
  for (int i = 0; i < 8; i++) acc[i] = _mm256_setzero_si256();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 8; i++) {
      OPAQUE(w, "x");
      __m256i pairs = _mm256_maddubs_epi16(magnitude, _mm256_sign_epi8(w, a));
      acc[i] = _mm256_add_epi32(acc[i], _mm256_madd_epi16(pairs, ones));
    }
  for (int i = 0; i < 8; i++) OPAQUE(acc[i], "x");
  return rounds * 8 * 32;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,avxvnni"))), apply_to = function)
static uint64_t run_avxvnni(uint64_t rounds) {
  __m256i acc[12], a = _mm256_set1_epi8(3), w = _mm256_set1_epi8(5);
  OPAQUE(a, "x");
  OPAQUE(w, "x");
  for (int i = 0; i < 12; i++) acc[i] = _mm256_setzero_si256();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 12; i++) {
      acc[i] = _mm256_dpbusd_avx_epi32(acc[i], a, w);
      OPAQUE(acc[i], "x");
    }
  return rounds * 12 * 32;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))), apply_to = function)
static uint64_t run_avx512vnni(uint64_t rounds) {
  __m512i acc[24], a = _mm512_set1_epi8(3), w = _mm512_set1_epi8(5);
  OPAQUE(a, "v");
  OPAQUE(w, "v");
  for (int i = 0; i < 24; i++) acc[i] = _mm512_setzero_si512();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 24; i++) {
      acc[i] = _mm512_dpbusd_epi32(acc[i], a, w);
      OPAQUE(acc[i], "v");
    }
  return rounds * 24 * 64;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("sse4.1"))), apply_to = function)
static uint64_t run_sse41_tiles(uint64_t rounds) {
  __m128i acc[8], a = _mm_set1_epi16(3), w = _mm_set1_epi16(5);
  OPAQUE(a, "x");
  for (int i = 0; i < 8; i++) acc[i] = _mm_setzero_si128();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 8; i++) {
      OPAQUE(w, "x");
      acc[i] = _mm_add_epi32(acc[i], _mm_madd_epi16(w, a));
    }
  for (int i = 0; i < 8; i++) OPAQUE(acc[i], "x");
  return rounds * 8 * 8;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
static uint64_t run_avx2_tiles(uint64_t rounds) {
  __m256i acc[12], a = _mm256_set1_epi16(3), w = _mm256_set1_epi16(5);
  OPAQUE(a, "x");
  for (int i = 0; i < 12; i++) acc[i] = _mm256_setzero_si256();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 12; i++) {
      OPAQUE(w, "x");
      acc[i] = _mm256_add_epi32(acc[i], _mm256_madd_epi16(w, a));
    }
  for (int i = 0; i < 12; i++) OPAQUE(acc[i], "x");
  return rounds * 12 * 16;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,avxvnni"))), apply_to = function)
static uint64_t run_avxvnni_tiles(uint64_t rounds) {
  __m256i acc[12], a = _mm256_set1_epi16(3), w = _mm256_set1_epi16(5);
  OPAQUE(a, "x");
  for (int i = 0; i < 12; i++) acc[i] = _mm256_setzero_si256();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 12; i++) {
      OPAQUE(w, "x");
      // As an intrinsic, clang makes two instructions of it.
      __asm__("%{vex%} vpdpwssd %2, %1, %0" : "+x"(acc[i]) : "x"(w), "x"(a));
    }
  for (int i = 0; i < 12; i++) OPAQUE(acc[i], "x");
  return rounds * 12 * 16;
}
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))), apply_to = function)
static uint64_t run_avx512vnni_tiles(uint64_t rounds) {
  __m512i acc[24], a = _mm512_set1_epi16(3), w = _mm512_set1_epi16(5);
  OPAQUE(a, "v");
  for (int i = 0; i < 24; i++) acc[i] = _mm512_setzero_si512();
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 24; i++) {
      OPAQUE(w, "v");
      __asm__("vpdpwssd %2, %1, %0" : "+v"(acc[i]) : "v"(w), "v"(a));
    }
  for (int i = 0; i < 24; i++) OPAQUE(acc[i], "v");
  return rounds * 24 * 32;
}
#pragma clang attribute pop

#elif defined(__aarch64__)
#include <arm_neon.h>

static uint64_t run_neon(uint64_t rounds) {
  int32x4_t acc[16];
  int8x8_t a = vdup_n_s8(3), b = vdup_n_s8(5), w = vdup_n_s8(7);
  OPAQUE(a, "w");
  OPAQUE(b, "w");
  for (int i = 0; i < 16; i++) acc[i] = vdupq_n_s32(0);
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 16; i++) {
      OPAQUE(w, "w");
      acc[i] = vpadalq_s16(acc[i], vmlal_s8(vmull_s8(w, a), w, b));
    }
  for (int i = 0; i < 16; i++) OPAQUE(acc[i], "w");
  return rounds * 16 * 16;
}

static uint64_t run_neon_tiles(uint64_t rounds) {
  int32x4_t acc[16];
  int16x4_t a = vdup_n_s16(3), w = vdup_n_s16(5);
  OPAQUE(a, "w");
  for (int i = 0; i < 16; i++) acc[i] = vdupq_n_s32(0);
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 16; i++) {
      OPAQUE(w, "w");
      acc[i] = vmlal_s16(acc[i], w, a);
    }
  for (int i = 0; i < 16; i++) OPAQUE(acc[i], "w");
  return rounds * 16 * 4;
}

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
static uint64_t run_neondot(uint64_t rounds) {
  int32x4_t acc[16];
  int8x16_t a = vdupq_n_s8(3), w = vdupq_n_s8(5);
  OPAQUE(a, "w");
  OPAQUE(w, "w");
  for (int i = 0; i < 16; i++) acc[i] = vdupq_n_s32(0);
  for (uint64_t round = 0; round < rounds; round++)
    _Pragma("clang loop unroll(full)")
    for (int i = 0; i < 16; i++) {
      acc[i] = vdotq_laneq_s32(acc[i], w, a, 0);
      OPAQUE(acc[i], "w");
    }
  return rounds * 16 * 16;
}
#pragma clang attribute pop
#endif

typedef struct {
  const char *name;
  uint64_t (*run)(uint64_t rounds);
} loop;

static const loop loops[] = {
#if defined(__x86_64__)
    {"sse41", run_sse41},
    {"sse41 tiles", run_sse41_tiles},
    {"avx2", run_avx2},
    {"avx2 tiles", run_avx2_tiles},
    {"avxvnni", run_avxvnni},
    {"avxvnni tiles", run_avxvnni_tiles},
    {"avx512vnni", run_avx512vnni},
    {"avx512vnni tiles", run_avx512vnni_tiles},
#elif defined(__aarch64__)
    {"neon", run_neon},
    {"neon tiles", run_neon_tiles},
    {"neondot", run_neondot},
#endif
};

uint64_t peak_run(const char *name, uint64_t rounds) {
  for (size_t i = 0; i < sizeof loops / sizeof loops[0]; i++)
    if (strcmp(loops[i].name, name) == 0) return loops[i].run(rounds);
  return 0;
}
