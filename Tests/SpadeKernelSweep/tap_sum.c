#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  MAX_TAPS = 49,
  TABLE_ROWS = 200,
};

typedef struct {
  sweep_block table, offsets, bias, expected, found;
} tap_memory;

static int run_case(const spade_kernel_set *set, size_t rows, size_t taps, size_t padding, tap_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  int32_t *table = block_take(&m->table, TABLE_ROWS * COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < TABLE_ROWS * COLUMNS; i++) table[i] = (int32_t)next32(&random);
  const size_t stride = rows + padding;
  int32_t *offsets = block_take(&m->offsets, taps * stride * sizeof(int32_t), 4);
  for (size_t i = 0; i < taps * stride; i++) offsets[i] = (int32_t)(below(&random, TABLE_ROWS) * COLUMNS);
  int32_t *bias = block_take(&m->bias, COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < COLUMNS; i++) bias[i] = (int32_t)next32(&random);

  const size_t size = rows * COLUMNS * sizeof(int32_t);
  spade_tap_sum call = {table, offsets, stride, rows, taps, bias, block_take(&m->expected, size, 64)};
  spade_kernel_set_at(0)->tap_sum(&call);
  const int32_t *expected = call.accumulators;
  call.accumulators = block_take(&m->found, size, 64);
  set->tap_sum(&call);
  const size_t at = first_difference(call.accumulators, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("tap_sum %s: rows %zu taps %zu padding %zu seed %llu: byte %zu of %zu", set->name, rows, taps, padding,
       (unsigned long long)seed, at, size);
  return 0;
}

size_t spade_sweep_tap_sum(const spade_kernel_set *set, char *failure) {
  static const size_t taps[] = {1, 9, 25, MAX_TAPS};
  tap_memory m = {block_map(TABLE_ROWS * COLUMNS * 4), block_map(MAX_TAPS * (SPADE_PRODUCT_ROWS + 8) * 4),
                  block_map(COLUMNS * 4), block_map(SPADE_PRODUCT_ROWS * COLUMNS * 4),
                  block_map(SPADE_PRODUCT_ROWS * COLUMNS * 4)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t rows = 1; rows <= SPADE_PRODUCT_ROWS && passed; rows++)
    for (size_t t = 0; t < COUNT_OF(taps) && passed; t++)
      passed = run_case(set, rows, taps[t], rows % 3, &m, ++cases, failure);
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}
