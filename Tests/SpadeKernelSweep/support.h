// What the sweeps share: numbers from a seed and memory that notices stray accesses.
#ifndef SPADE_SWEEP_SUPPORT_H
#define SPADE_SWEEP_SUPPORT_H

#include "spade_kernel_sweep.h"

#include <stdio.h>
#include <string.h>

size_t spade_sweep_product(const spade_kernel_set *, char *failure);
size_t spade_sweep_winograd(const spade_kernel_set *, char *failure);
size_t spade_sweep_tap_sum(const spade_kernel_set *, char *failure);
size_t spade_sweep_join(const spade_kernel_set *, char *failure);
size_t spade_sweep_requantize(const spade_kernel_set *, char *failure);
size_t spade_sweep_modulate(const spade_kernel_set *, char *failure);
size_t spade_sweep_table_sum(const spade_kernel_set *, char *failure);
size_t spade_sweep_table_sum_relu(const spade_kernel_set *, char *failure);
size_t spade_sweep_picture(const spade_kernel_set *, char *failure);
size_t spade_sweep_channel_sums(const spade_kernel_set *, char *failure);
size_t spade_sweep_normalize(const spade_kernel_set *, char *failure);
size_t spade_sweep_depthwise(const spade_kernel_set *, char *failure);
size_t spade_sweep_feature_moments(const spade_kernel_set *, char *failure);
size_t spade_sweep_feature_codes(const spade_kernel_set *, char *failure);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define FAIL(...) snprintf(failure, SPADE_SWEEP_FAILURE_SIZE, __VA_ARGS__)

/// SplitMix64 (Steele, Lea, Flood 2014).
typedef struct {
  uint64_t state;
} sweep_random;

static inline uint32_t next32(sweep_random *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (uint32_t)((z ^ (z >> 31)) >> 32);
}

/// A number in 0 ..< `bound`.
static inline uint32_t below(sweep_random *random, uint32_t bound) {
  return (uint32_t)(((uint64_t)next32(random) * bound) >> 32);
}

/// A number in `low` … `high`.
static inline int32_t between(sweep_random *random, int32_t low, int32_t high) {
  return low + (int32_t)below(random, (uint32_t)(high - low) + 1);
}

/// A scale in 0 … 0.5, small ones as likely as large ones.
static inline float scale_value(sweep_random *random) {
  const float mantissa = (float)(next32(random) >> 8) / (float)(1u << 25);
  return mantissa / (float)(1u << below(random, 30));
}

/// A block of memory that ends at an unmapped page.
typedef struct {
  uint8_t *start;
  uint8_t *end;
  uint8_t *taken;
  size_t taken_size;
} sweep_block;

/// Maps at least `capacity` bytes; ends the program where the system refuses.
sweep_block block_map(size_t capacity);
void block_unmap(sweep_block *);

/// The last `size` bytes that start at a multiple of `alignment`; fills everything else with canaries.
void *block_take(sweep_block *, size_t size, size_t alignment);

/// Whether the canaries around the taken bytes are alive.
int block_intact(const sweep_block *);

/// Index of the first byte that differs, or `size`.
size_t first_difference(const void *a, const void *b, size_t size);

/// Index of the first byte for which a[i] xor `flip` differs from b[i], or `size`.
size_t first_flipped_difference(const void *a, const void *b, size_t size, uint8_t flip);

#endif
