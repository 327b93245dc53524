#include "support.h"

enum {
  MAX_CHANNELS = 144,
  MAX_COUNT = 50,
  TABLE_ROWS = 31,
};

typedef enum { RANDOM, SMALL, NEAR_LIMIT, FILL_COUNT } fill;

static const char *const fill_names[] = {"random", "small", "sums near 32767"};

typedef struct {
  sweep_block table, offsets, bias, expected, found;
} table_memory;

static int16_t value(fill fill, sweep_random *random) {
  return fill == RANDOM ? (int16_t)next32(random) : (int16_t)between(random, -100, 100);
}

static int16_t bias_value(fill fill, sweep_random *random) {
  return fill == NEAR_LIMIT ? (int16_t)(32767 - between(random, 0, 40)) : value(fill, random);
}

/// Runs the set's `table_sum`, or its `table_sum_relu` with `relu`.
static void run(const spade_kernel_set *set, const spade_table_sum *call, int relu, void *out) {
  if (relu) {
    set->table_sum_relu(call, out);
  } else {
    set->table_sum(call, out);
  }
}

static int run_case(const spade_kernel_set *set, int relu, size_t channels, size_t count, fill fill, table_memory *m,
                    uint64_t seed, char *failure) {
  sweep_random random = {seed};
  int16_t *table = block_take(&m->table, TABLE_ROWS * channels * sizeof(int16_t), 2);
  for (size_t i = 0; i < TABLE_ROWS * channels; i++) table[i] = value(fill, &random);
  int32_t *offsets = block_take(&m->offsets, count * sizeof(int32_t), 4);
  for (size_t i = 0; i < count; i++) offsets[i] = (int32_t)(below(&random, TABLE_ROWS) * channels);
  int16_t *bias = block_take(&m->bias, channels * sizeof(int16_t), 2);
  for (size_t i = 0; i < channels; i++) bias[i] = bias_value(fill, &random);

  const spade_table_sum call = {table, offsets, count, bias, channels};
  const size_t size = relu ? channels : channels * sizeof(int16_t);
  uint8_t *expected = block_take(&m->expected, size, relu ? 1 : 2);
  run(spade_kernel_set_at(0), &call, relu, expected);
  uint8_t *found = block_take(&m->found, size, relu ? 1 : 2);
  run(set, &call, relu, found);

  const uint8_t flip = relu ? set->code_flip : 0;
  const size_t at = first_flipped_difference(found, expected, size, flip);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("%s %s: channels %zu count %zu %s seed %llu: byte %zu of %zu is %d, scalar %d",
       relu ? "table_sum_relu" : "table_sum", set->name, channels, count, fill_names[fill], (unsigned long long)seed,
       at, size, at < size ? found[at] ^ flip : 0, at < size ? expected[at] : 0);
  return 0;
}

static size_t sweep(const spade_kernel_set *set, int relu, char *failure) {
  static const size_t channels[] = {16, 32, 48, 64, 128, MAX_CHANNELS};
  table_memory m = {block_map(TABLE_ROWS * MAX_CHANNELS * 2), block_map(MAX_COUNT * 4), block_map(MAX_CHANNELS * 2),
                    block_map(MAX_CHANNELS * 2), block_map(MAX_CHANNELS * 2)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t ch = 0; ch < COUNT_OF(channels) && passed; ch++)
    for (size_t count = 0; count <= MAX_COUNT && passed; count++)
      for (fill f = 0; f < FILL_COUNT && passed; f++)
        passed = run_case(set, relu, channels[ch], count, f, &m, ++cases, failure);
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}

size_t spade_sweep_table_sum(const spade_kernel_set *set, char *failure) { return sweep(set, 0, failure); }

size_t spade_sweep_table_sum_relu(const spade_kernel_set *set, char *failure) { return sweep(set, 1, failure); }
