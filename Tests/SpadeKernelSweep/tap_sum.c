#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  MAX_SIDE = 19,
  MAX_TAPS = 49,
  MAX_TABLE_ROWS = 40,
};

typedef struct {
  size_t rows, kernel_size, width, height;
  uint64_t seed;
} tap_case;

typedef struct {
  sweep_block table, numbers, positions, bias, expected, found;
} tap_memory;

static spade_tap_sum made_call(tap_case c, tap_memory *m) {
  sweep_random random = {c.seed};
  const size_t taps = c.kernel_size * c.kernel_size, table_rows = 1 + below(&random, MAX_TABLE_ROWS) + 1;
  int32_t *table = block_take(&m->table, taps * table_rows * COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < taps * table_rows * COLUMNS; i++) table[i] = (int32_t)next32(&random);
  uint16_t *numbers = block_take(&m->numbers, c.width * c.height * sizeof(uint16_t), 2);
  for (size_t i = 0; i < c.width * c.height; i++) numbers[i] = (uint16_t)below(&random, table_rows - 1);
  uint16_t *positions = block_take(&m->positions, 2 * c.rows * sizeof(uint16_t), 2);
  for (size_t r = 0; r < c.rows; r++) {
    positions[2 * r] = (uint16_t)below(&random, c.height);
    positions[2 * r + 1] = (uint16_t)below(&random, c.width);
  }
  int32_t *bias = block_take(&m->bias, COLUMNS * sizeof(int32_t), 64);
  for (size_t i = 0; i < COLUMNS; i++) bias[i] = (int32_t)next32(&random);
  return (spade_tap_sum){table, table_rows, numbers, c.width, c.height, c.kernel_size, positions, c.rows, bias, NULL};
}

/// The definition, a tap at a time.
static void expect(const spade_tap_sum *p, int32_t *out) {
  const long radius = (long)p->kernel_size / 2;
  for (size_t r = 0; r < p->row_count; r++)
    for (size_t c = 0; c < COLUMNS; c++) {
      uint32_t sum = (uint32_t)p->bias[c];
      size_t tap = 0;
      for (long dy = -radius; dy <= radius; dy++)
        for (long dx = -radius; dx <= radius; dx++, tap++) {
          const long y = p->positions[2 * r] + dy, x = p->positions[2 * r + 1] + dx;
          const int inside = y >= 0 && x >= 0 && y < (long)p->height && x < (long)p->width;
          const size_t row = inside ? 1u + p->numbers[y * (long)p->width + x] : 0;
          sum += (uint32_t)p->table[(tap * p->table_row_count + row) * COLUMNS + c];
        }
      out[r * COLUMNS + c] = (int32_t)sum;
    }
}

static int run_case(const spade_kernel_set *set, tap_case c, tap_memory *m, char *failure) {
  spade_tap_sum call = made_call(c, m);
  const size_t size = c.rows * COLUMNS * sizeof(int32_t);
  int32_t *expected = block_take(&m->expected, size, 64);
  expect(&call, expected);
  call.accumulators = block_take(&m->found, size, 64);
  set->tap_sum(&call);
  const size_t at = first_difference(call.accumulators, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("tap_sum %s: rows %zu size %zu plane %zux%zu seed %llu: byte %zu of %zu", set->name, c.rows, c.kernel_size,
       c.width, c.height, (unsigned long long)c.seed, at, size);
  return 0;
}

size_t spade_sweep_tap_sum(const spade_kernel_set *set, char *failure) {
  tap_memory m = {block_map(MAX_TAPS * (MAX_TABLE_ROWS + 2) * COLUMNS * 4), block_map(MAX_SIDE * MAX_SIDE * 2),
                  block_map(SPADE_PRODUCT_ROWS * 4), block_map(COLUMNS * 4), block_map(SPADE_PRODUCT_ROWS * COLUMNS * 4),
                  block_map(SPADE_PRODUCT_ROWS * COLUMNS * 4)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  // Planes of one pixel, narrower than the kernel, and wider.
  for (size_t rows = 1; rows <= SPADE_PRODUCT_ROWS && passed; rows++)
    for (size_t size = 1; size <= 7 && passed; size += 2)
      for (size_t side = 1; side <= MAX_SIDE && passed; side += 6) {
        const tap_case c = {rows, size, side, (rows + side) % MAX_SIDE + 1, ++cases};
        passed = run_case(set, c, &m, failure);
      }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}
