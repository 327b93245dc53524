#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  MAX_ROWS = 64,
  /// Elements between the first bytes of neighbouring rows, at most.
  MAX_STRIDE = 80,
};

typedef enum { RANDOM_SUMS, SMALL_SUMS, EXTREME_SUMS, SUM_KINDS } sums;
typedef enum { NO_RESIDUAL, RANDOM_RESIDUAL, EXTREME_RESIDUAL, RESIDUAL_KINDS } residual;

/// Scales of 0.5 and 0.25 with small sums land on ties; the last is drawn for each column.
static const float scales[] = {0.0f, 0.5f, 0.25f, 1.5258789e-05f, -1.0f};
static const float residual_scales[] = {0.0f, 0.5f, 1.0f, 0.37f, 16384.0f};

typedef struct {
  size_t rows;
  size_t stride;
  sums sums;
  residual residual;
  float scale;
  float residual_scale;
} requantize_case;

typedef struct {
  sweep_block accumulators, scale, residual, residual_offsets, out_offsets, expected, found;
} requantize_memory;

static int32_t sum_value(sums kind, sweep_random *random) {
  switch (kind) {
    case SMALL_SUMS: return between(random, -9, 9);
    case EXTREME_SUMS: {
      const int32_t distance = (int32_t)below(random, 200);
      return next32(random) & 1 ? INT32_MAX - distance : INT32_MIN + distance;
    }
    default: return (int32_t)next32(random) >> below(random, 24);
  }
}

static int run_case(const spade_kernel_set *set, const requantize_case *c, requantize_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  int32_t *accumulators = block_take(&m->accumulators, c->rows * COLUMNS * sizeof(int32_t), 4);
  for (size_t i = 0; i < c->rows * COLUMNS; i++) accumulators[i] = sum_value(c->sums, &random);
  float *scale = block_take(&m->scale, COLUMNS * sizeof(float), 4);
  for (size_t i = 0; i < COLUMNS; i++)
    scale[i] = c->scale >= 0 ? c->scale : scale_value(&random);

  const size_t count = (c->rows - 1) * c->stride + COLUMNS;
  int16_t *residual = block_take(&m->residual, count * sizeof(int16_t), 2);
  for (size_t i = 0; i < count; i++) {
    residual[i] = (int16_t)next32(&random);
    if (c->residual == EXTREME_RESIDUAL) residual[i] = residual[i] & 1 ? 32767 : (residual[i] & 2 ? -32767 : -32768);
  }
  int32_t *residual_offsets = block_take(&m->residual_offsets, c->rows * sizeof(int32_t), 4);
  int32_t *out_offsets = block_take(&m->out_offsets, c->rows * sizeof(int32_t), 4);
  for (size_t row = 0; row < c->rows; row++) {
    residual_offsets[row] = (int32_t)(below(&random, (uint32_t)c->rows) * c->stride);
    out_offsets[row] = (int32_t)((c->rows - 1 - row) * c->stride);
  }

  spade_requantize call = {
      .accumulators = accumulators,
      .row_count = c->rows,
      .scale = scale,
      .residual = c->residual == NO_RESIDUAL ? NULL : residual,
      .residual_offsets = c->residual == NO_RESIDUAL ? NULL : residual_offsets,
      .residual_scale = c->residual_scale,
      .out = block_take(&m->expected, count * sizeof(int16_t), 2),
      .out_offsets = out_offsets,
  };
  spade_kernel_set_at(0)->requantize(&call);
  call.out = block_take(&m->found, count * sizeof(int16_t), 2);
  set->requantize(&call);

  const int16_t *expected = (const int16_t *)m->expected.taken, *found = call.out;
  const size_t at = first_difference(found, expected, count * sizeof(int16_t)) / sizeof(int16_t);
  if (at == count && block_intact(&m->found)) return 1;
  FAIL("requantize %s: rows %zu stride %zu sums %d residual %d scale %g residual scale %g seed %llu: "
       "element %zu of %zu is %d, scalar %d",
       set->name, c->rows, c->stride, c->sums, c->residual, (double)c->scale, (double)c->residual_scale,
       (unsigned long long)seed, at, count, at < count ? found[at] : 0, at < count ? expected[at] : 0);
  return 0;
}

size_t spade_sweep_requantize(const spade_kernel_set *set, char *failure) {
  const size_t capacity = MAX_ROWS * MAX_STRIDE * sizeof(int32_t);
  requantize_memory m = {block_map(capacity), block_map(capacity), block_map(capacity), block_map(capacity),
                         block_map(capacity), block_map(capacity), block_map(capacity)};
  failure[0] = 0;
  size_t count = 0;
  int passed = 1;
  for (size_t rows = 1; rows <= MAX_ROWS && passed; rows++) {
    for (sums s = 0; s < SUM_KINDS && passed; s++) {
      for (residual r = 0; r < RESIDUAL_KINDS && passed; r++) {
        for (size_t i = 0; i < COUNT_OF(scales) && passed; i++) {
          requantize_case c = {rows, 16 + (rows + i) % 5 * 16, s, r, scales[i], residual_scales[(rows + i) % 5]};
          passed = run_case(set, &c, &m, ++count, failure);
        }
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return count;
}
