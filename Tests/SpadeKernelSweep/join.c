#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  MAX_ROWS = SPADE_PRODUCT_ROWS / 2,
};

typedef struct {
  sweep_block bias, expected, found;
} join_memory;

static int run_case(const spade_kernel_set *set, size_t rows, join_memory *m, uint64_t seed, char *failure) {
  sweep_random random = {seed};
  const uint32_t factor = seed & 1 ? SPADE_FINE_HIGH : SPADE_FEATURE_HIGH;
  int32_t *bias = block_take(&m->bias, COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < COLUMNS; i++) bias[i] = (int32_t)next32(&random);
  const size_t count = 2 * rows * COLUMNS, size = count * sizeof(int32_t);
  int32_t *expected = block_take(&m->expected, size, 64), *found = block_take(&m->found, size, 64);
  for (size_t i = 0; i < count; i++) expected[i] = found[i] = (int32_t)next32(&random);
  for (size_t i = 0; i < rows * COLUMNS; i++) {
    const uint32_t high = (uint32_t)expected[i] - (uint32_t)bias[i % COLUMNS];
    expected[i] = (int32_t)(factor * high + (uint32_t)expected[rows * COLUMNS + i]);
  }
  spade_join call = {found, rows, bias, factor};
  set->join(&call);
  const size_t at = first_difference(found, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("join %s: rows %zu high %u seed %llu: byte %zu of %zu", set->name, rows, factor, (unsigned long long)seed, at, size);
  return 0;
}

size_t spade_sweep_join(const spade_kernel_set *set, char *failure) {
  join_memory m = {block_map(COLUMNS * 4), block_map(2 * MAX_ROWS * COLUMNS * 4), block_map(2 * MAX_ROWS * COLUMNS * 4)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t rows = 1; rows <= MAX_ROWS && passed; rows++)
    for (size_t again = 0; again < 4 && passed; again++) passed = run_case(set, rows, &m, ++cases, failure);
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}
