#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  COLOURS = 3,
  MAX_ROWS = 64,
};

typedef struct {
  sweep_block accumulators, scale, expected, found;
} picture_memory;

/// A sum whose tanh is anywhere between −1 and 1, or an extreme.
static int32_t sum_value(float scale, sweep_random *random) {
  switch (below(random, 4)) {
    case 0: return next32(random) & 1 ? INT32_MAX : INT32_MIN;
    case 1: return between(random, -3, 3);
    default: {
      const float v = (float)between(random, -60000, 60000) / 10000.0f;
      const float sum = scale > 0 ? v / scale : 0;
      return sum > 2e9f || sum < -2e9f ? (int32_t)next32(random) : (int32_t)sum;
    }
  }
}

static int run_case(const spade_kernel_set *set, size_t rows, picture_memory *m, uint64_t seed, char *failure) {
  sweep_random random = {seed};
  float *scale = block_take(&m->scale, COLOURS * sizeof(float), 4);
  for (size_t c = 0; c < COLOURS; c++) scale[c] = scale_value(&random);
  int32_t *accumulators = block_take(&m->accumulators, rows * COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < rows * COLUMNS; i++) accumulators[i] = sum_value(scale[i % COLUMNS % COLOURS], &random);

  const size_t size = rows * COLOURS;
  uint8_t *expected = block_take(&m->expected, size, 1), *found = block_take(&m->found, size, 1);
  spade_kernel_set_at(0)->picture(accumulators, rows, scale, expected);
  set->picture(accumulators, rows, scale, found);
  const size_t at = first_difference(found, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("picture %s: rows %zu seed %llu: byte %zu of %zu is %d, scalar %d", set->name, rows, (unsigned long long)seed,
       at, size, at < size ? found[at] : 0, at < size ? expected[at] : 0);
  return 0;
}

size_t spade_sweep_picture(const spade_kernel_set *set, char *failure) {
  picture_memory m = {block_map(MAX_ROWS * COLUMNS * 4), block_map(COLOURS * 4), block_map(MAX_ROWS * COLOURS),
                      block_map(MAX_ROWS * COLOURS)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t rows = 1; rows <= MAX_ROWS && passed; rows++)
    for (size_t i = 0; i < 8 && passed; i++) passed = run_case(set, rows, &m, ++cases, failure);
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}
