#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  MAX_DEPTH = 256,
  MAX_TAPS = 49,
  /// Rows of codes that offsets point into.
  SOURCE_ROWS = 80,
  MAX_PANEL = SPADE_PANEL_HEADER + MAX_TAPS * MAX_DEPTH * COLUMNS,
};

typedef enum { RANDOM, HIGH_HIGH, HIGH_LOW, LOW_HIGH, LOW_LOW, ALTERNATING, FILL_COUNT } fill;

static const char *const fill_names[] = {"random",        "w 127, a 127",   "w 127, a -128",
                                         "w -127, a 127", "w -127, a -128", "alternating extremes"};

typedef struct {
  size_t rows, panels, taps, depth;
  /// Added to the least stride of offsets (elements), of panels (64 bytes) and of their accumulators (rows).
  size_t padding;
  /// Bytes between an aligned address and the codes.
  size_t misalignment;
  fill fill;
  /// Whether the sums start from zero.
  int no_bias;
} product_case;

typedef struct {
  sweep_block codes, flipped_codes, offsets, panels, flipped_panels, expected, found;
} product_memory;

static int8_t code_value(fill fill, sweep_random *random) {
  switch (fill) {
    case HIGH_HIGH: case LOW_HIGH: return 127;
    case HIGH_LOW: case LOW_LOW: return -128;
    case ALTERNATING: return next32(random) & 1 ? 127 : -128;
    default: return (int8_t)between(random, -128, 127);
  }
}

static int8_t weight_value(fill fill, sweep_random *random) {
  switch (fill) {
    case HIGH_HIGH: case HIGH_LOW: return 127;
    case LOW_HIGH: case LOW_LOW: return -127;
    case ALTERNATING: return next32(random) & 1 ? 127 : -127;
    default: return (int8_t)between(random, -127, 127);
  }
}

static int32_t bias_value(sweep_random *random) {
  switch (below(random, 4)) {
    case 0: return INT32_MAX - (int32_t)below(random, 1000);
    case 1: return INT32_MIN + (int32_t)below(random, 1000);
    case 2: return 0;
    default: return (int32_t)next32(random);
  }
}

/// Fills a panel for signed codes and its twin for codes xored with `flip`. Without biases the scalar set, which always
/// reads signed codes, is given what the flip adds.
static void fill_panel(uint8_t *panel, uint8_t *flipped, const product_case *c, uint8_t flip, sweep_random *random) {
  const size_t weight_count = c->taps * c->depth * COLUMNS;
  int8_t *weights = (int8_t *)panel + SPADE_PANEL_HEADER;
  int32_t sums[COLUMNS] = {0};
  for (size_t i = 0; i < weight_count; i++) {
    weights[i] = weight_value(c->fill, random);
    sums[i / SPADE_PANEL_DEPTH % COLUMNS] += weights[i];
  }
  memcpy(flipped, panel, SPADE_PANEL_HEADER + weight_count);
  int32_t *rows = (int32_t *)panel, *flipped_rows = (int32_t *)flipped;
  for (size_t i = 0; i < COLUMNS; i++) {
    const uint32_t added = flip ? 128u * (uint32_t)sums[i] : 0;
    rows[i] = c->no_bias ? (int32_t)added : bias_value(random);
    flipped_rows[i] = (int32_t)((uint32_t)rows[i] - added);
  }
}

static int run_case(const spade_kernel_set *set, const product_case *c, product_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  const size_t code_count = SOURCE_ROWS * c->depth;
  int8_t *codes = block_take(&m->codes, code_count, 1);
  uint8_t *flipped_codes = block_take(&m->flipped_codes, code_count + c->misalignment, 64);
  flipped_codes += c->misalignment;
  for (size_t i = 0; i < code_count; i++) {
    codes[i] = code_value(c->fill, &random);
    flipped_codes[i] = (uint8_t)codes[i] ^ set->code_flip;
  }

  const size_t panel_stride = SPADE_PANEL_HEADER + c->taps * c->depth * COLUMNS + c->padding * 64;
  uint8_t *panels = block_take(&m->panels, c->panels * panel_stride, 64);
  uint8_t *flipped_panels = block_take(&m->flipped_panels, c->panels * panel_stride, 64);
  for (size_t i = 0; i < c->panels; i++)
    fill_panel(panels + i * panel_stride, flipped_panels + i * panel_stride, c, set->code_flip, &random);

  const size_t offset_stride = c->rows + c->padding;
  int32_t *offsets = block_take(&m->offsets, c->taps * offset_stride * sizeof(int32_t), sizeof(int32_t));
  for (size_t tap = 0; tap < c->taps; tap++)
    for (size_t row = 0; row < c->rows; row++)
      offsets[tap * offset_stride + row] = (int32_t)(below(&random, SOURCE_ROWS) * c->depth);

  const size_t out_stride = (c->rows + c->padding) * COLUMNS;
  const size_t out_size = ((c->panels - 1) * out_stride + c->rows * COLUMNS) * sizeof(int32_t);
  spade_product call = {
      .base = codes,
      .offsets = offsets,
      .offset_stride = offset_stride,
      .row_count = c->rows,
      .tap_count = c->taps,
      .depth = c->depth,
      .weights = panels + SPADE_PANEL_HEADER,
      .bias = (const int32_t *)panels,
      .panel_count = c->panels,
      .panel_stride = panel_stride,
      .accumulators = block_take(&m->expected, out_size, 64),
      .accumulator_stride = out_stride,
  };
  spade_kernel_set_at(0)->product(&call);

  call.base = (const int8_t *)flipped_codes;
  call.weights = flipped_panels + SPADE_PANEL_HEADER;
  call.bias = c->no_bias ? NULL : (const int32_t *)flipped_panels;
  call.accumulators = block_take(&m->found, out_size, 64);
  set->product(&call);

  const int32_t *expected = (const int32_t *)m->expected.taken, *found = call.accumulators;
  const size_t at = first_difference(found, expected, out_size) / sizeof(int32_t);
  if (at * sizeof(int32_t) == out_size && block_intact(&m->found)) return 1;
  int length = FAIL("product %s: rows %zu panels %zu taps %zu depth %zu padding %zu misalignment %zu %s%s seed %llu: ",
                    set->name, c->rows, c->panels, c->taps, c->depth, c->padding, c->misalignment,
                    fill_names[c->fill], c->no_bias ? " without bias" : "", (unsigned long long)seed);
  failure += length;
  const size_t left = SPADE_SWEEP_FAILURE_SIZE - (size_t)length;
  if (at * sizeof(int32_t) == out_size) {
    snprintf(failure, left, "wrote outside the accumulators");
  } else {
    snprintf(failure, left, "panel %zu row %zu column %zu is %d, scalar %d", at / out_stride,
             at % out_stride / COLUMNS, at % COLUMNS, found[at], expected[at]);
  }
  return 0;
}

size_t spade_sweep_product(const spade_kernel_set *set, char *failure) {
  static const size_t taps[] = {1, 9, 25, 49}, depths[] = {16, 32, 48, 64, 80, 144, 256};
  product_memory m = {
      block_map(SOURCE_ROWS * MAX_DEPTH),
      block_map(SOURCE_ROWS * MAX_DEPTH + 64),
      block_map(MAX_TAPS * (SPADE_PRODUCT_ROWS + 8) * sizeof(int32_t)),
      block_map(SPADE_PRODUCT_PANELS * (MAX_PANEL + 256)),
      block_map(SPADE_PRODUCT_PANELS * (MAX_PANEL + 256)),
      block_map(SPADE_PRODUCT_PANELS * (SPADE_PRODUCT_ROWS + 8) * COLUMNS * sizeof(int32_t)),
      block_map(SPADE_PRODUCT_PANELS * (SPADE_PRODUCT_ROWS + 8) * COLUMNS * sizeof(int32_t)),
  };
  failure[0] = 0;
  size_t count = 0;
  int passed = 1;
  // Every row count with every panel count.
  for (size_t rows = 1; rows <= SPADE_PRODUCT_ROWS && passed; rows++) {
    for (size_t panels = 1; panels <= SPADE_PRODUCT_PANELS && passed; panels++) {
      size_t i = rows + panels;
      product_case c = {rows, panels, taps[i % 2], depths[i % 5], i % 4, i % 3 * 16, RANDOM, rows % 3 == 0};
      passed = run_case(set, &c, &m, ++count, failure);
    }
  }
  // Every tap count with every depth and every fill.
  for (size_t t = 0; t < COUNT_OF(taps) && passed; t++) {
    for (size_t d = 0; d < COUNT_OF(depths) && passed; d++) {
      for (fill f = RANDOM; f < FILL_COUNT && passed; f++) {
        product_case c = {1 + (t + d + f) % 13, 1 + (d + f) % 4, taps[t], depths[d], f % 3, f * 7 % 64, f, (t + d) % 2};
        passed = run_case(set, &c, &m, ++count, failure);
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return count;
}
