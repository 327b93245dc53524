#include "support.h"

enum {
  COLUMNS = SPADE_PANEL_COLUMNS,
  TAPS = 9,
  POINTS = SPADE_WINOGRAD_POINTS,
  PIXELS = SPADE_WINOGRAD_PIXELS,
  SIDE = SPADE_WINOGRAD_SIDE,
  NEIGHBOURS = SIDE + 2,
  MAX_DEPTH = 224,
  /// As large as all weights of a column may be with fine codes.
  FINE_WEIGHT = SPADE_WINOGRAD_FINE_WEIGHT_SUM / (TAPS * SPADE_WINOGRAD_DEPTH),
  MAX_PANEL = SPADE_PANEL_HEADER + TAPS * MAX_DEPTH * COLUMNS,
  SOURCE_ROWS = 80,
};

typedef enum { RANDOM, HIGH_HIGH, HIGH_LOW, LOW_HIGH, LOW_LOW, ALTERNATING, FILL_COUNT } fill;

static const char *const fill_names[] = {"random",         "w high, a high", "w high, a low",
                                         "w low, a high", "w low, a low",   "alternating extremes"};

typedef struct {
  size_t tiles, depth;
  /// Elements added to the least stride between points.
  size_t padding;
  fill fill;
  int is_fine;
} winograd_case;

typedef struct {
  sweep_block codes, flipped_codes, offsets, panel, points, weights, sums, pixels, expected;
} winograd_memory;

static int32_t code_value(const winograd_case *c, sweep_random *random) {
  const int32_t least = c->is_fine ? SPADE_FINE_LEAST : -128, most = c->is_fine ? SPADE_FINE_MOST : 127;
  switch (c->fill) {
    case HIGH_HIGH: case LOW_HIGH: return most;
    case HIGH_LOW: case LOW_LOW: return least;
    case ALTERNATING: return next32(random) & 1 ? most : least;
    default: return between(random, least, most);
  }
}

static int8_t weight_value(const winograd_case *c, sweep_random *random) {
  const int8_t most = c->is_fine ? FINE_WEIGHT : 127;
  switch (c->fill) {
    case HIGH_HIGH: case HIGH_LOW: return most;
    case LOW_HIGH: case LOW_LOW: return (int8_t)-most;
    case ALTERNATING: return (int8_t)(next32(random) & 1 ? most : -most);
    default: return (int8_t)between(random, -most, most);
  }
}

/// Bytes of a pixel.
static size_t pixel_size(const winograd_case *c) { return c->is_fine ? 2 * c->depth : c->depth; }

/// The scalar product of a tile's 16 pixels.
static void multiply_directly(const winograd_case *c, const int8_t *codes, const uint8_t *panel, const int32_t *offsets,
                              int32_t *out) {
  // Rows of highs and of lows, or of codes alone.
  int32_t gathered[TAPS * 2 * PIXELS], sums[2 * PIXELS * COLUMNS];
  for (size_t tap = 0; tap < TAPS; tap++) {
    for (size_t i = 0; i < 2 * PIXELS; i++) {
      const size_t pixel = i % PIXELS;
      gathered[tap * 2 * PIXELS + i] = offsets[(pixel / SIDE + tap / 3) * NEIGHBOURS + pixel % SIDE + tap % 3] +
                                       (int32_t)(i / PIXELS * c->depth);
    }
  }
  spade_product call = {
      .base = codes,
      .offsets = gathered,
      .offset_stride = 2 * PIXELS,
      .row_count = c->is_fine ? 2 * PIXELS : PIXELS,
      .tap_count = TAPS,
      .depth = c->depth,
      .weights = panel + SPADE_PANEL_HEADER,
      .bias = (const int32_t *)panel,
      .panel_count = 1,
      .panel_stride = SPADE_PANEL_HEADER + TAPS * c->depth * COLUMNS,
      .accumulators = sums,
      .accumulator_stride = 2 * PIXELS * COLUMNS,
  };
  spade_kernel_set_at(0)->product(&call);
  spade_join join = {sums, PIXELS, (const int32_t *)panel, SPADE_FINE_HIGH};
  if (c->is_fine) spade_kernel_set_at(0)->join(&join);
  memcpy(out, sums, PIXELS * COLUMNS * sizeof *sums);
}

/// The four kernels, as a convolution runs them.
/// - Returns: Whether all stayed in their memory.
static int multiply_by_points(const spade_winograd_kernels *kernels, const winograd_case *c, winograd_memory *m,
                              const int8_t *codes, const uint8_t *panel, const int32_t *offsets, int32_t *pixels) {
  for (size_t first = 0; first < c->depth; first += SPADE_WINOGRAD_DEPTH) {
    const size_t depth = c->depth - first < SPADE_WINOGRAD_DEPTH ? c->depth - first : SPADE_WINOGRAD_DEPTH;
    const size_t point_stride = c->tiles * depth + c->padding;
    int16_t *points = block_take(&m->points, ((POINTS - 1) * point_stride + c->tiles * depth) * 2, 2);
    for (size_t tile = 0; tile < c->tiles; tile++) {
      spade_winograd_input input = {codes + first, offsets + tile * POINTS, depth, c->is_fine ? c->depth : 0,
                                    points + tile * depth, point_stride};
      kernels->input(&input);
    }
    const size_t weight_stride = depth * COLUMNS + c->padding / 32 * 32;
    int16_t *weights = block_take(&m->weights, ((POINTS - 1) * weight_stride + depth * COLUMNS) * 2, 64);
    spade_winograd_weights transform = {
        .weights = (const int8_t *)panel + SPADE_PANEL_HEADER + first * COLUMNS,
        .tap_stride = c->depth * COLUMNS,
        .depth = depth,
        .out = weights,
        .point_stride = weight_stride,
    };
    kernels->weights(&transform);
    int32_t *sums = block_take(&m->sums, POINTS * c->tiles * COLUMNS * 4, 4);
    for (size_t point = 0; point < POINTS; point++) {
      spade_winograd_product product = {
          .codes = points + point * point_stride,
          .depth_stride = depth,
          .tile_count = c->tiles,
          .depth = depth,
          .weights = weights + point * weight_stride,
          .sums = sums + point * c->tiles * COLUMNS,
      };
      kernels->product(&product);
    }
    spade_winograd_output output = {sums, c->tiles, pixels};
    kernels->output(&output);
    if (!block_intact(&m->points) || !block_intact(&m->weights) || !block_intact(&m->sums)) return 0;
  }
  return block_intact(&m->pixels);
}

static int run_case(const spade_kernel_set *set, const winograd_case *c, winograd_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  const size_t code_count = SOURCE_ROWS * pixel_size(c);
  int8_t *codes = block_take(&m->codes, code_count, 1), *flipped_codes = block_take(&m->flipped_codes, code_count, 1);
  for (size_t row = 0; row < SOURCE_ROWS; row++) {
    int8_t *pixel = codes + row * pixel_size(c);
    for (size_t d = 0; d < c->depth; d++) {
      const int32_t code = code_value(c, &random);
      pixel[d] = (int8_t)(c->is_fine ? code >> 2 : code);
      if (c->is_fine) pixel[c->depth + d] = (int8_t)(code & 3);
    }
  }
  for (size_t i = 0; i < code_count; i++) flipped_codes[i] = (int8_t)((uint8_t)codes[i] ^ set->code_flip);
  int32_t *offsets = block_take(&m->offsets, c->tiles * POINTS * 4, 4);
  for (size_t i = 0; i < c->tiles * POINTS; i++) offsets[i] = (int32_t)(below(&random, SOURCE_ROWS) * pixel_size(c));
  uint8_t *panel = block_take(&m->panel, SPADE_PANEL_HEADER + TAPS * c->depth * COLUMNS, 64);
  for (size_t i = 0; i < COLUMNS; i++) ((int32_t *)panel)[i] = (int32_t)next32(&random);
  for (size_t i = 0; i < TAPS * c->depth * COLUMNS; i++)
    panel[SPADE_PANEL_HEADER + i] = (uint8_t)weight_value(c, &random);

  const size_t out_size = c->tiles * PIXELS * COLUMNS * sizeof(int32_t);
  int32_t *expected = block_take(&m->expected, out_size, 4), *found = block_take(&m->pixels, out_size, 4);
  for (size_t tile = 0; tile < c->tiles; tile++)
    multiply_directly(c, codes, panel, offsets + tile * POINTS, expected + tile * PIXELS * COLUMNS);
  for (size_t i = 0; i < c->tiles * PIXELS; i++) memcpy(found + i * COLUMNS, panel, COLUMNS * sizeof *found);
  const int intact = multiply_by_points(set->winograd, c, m, flipped_codes, panel, offsets, found);

  const size_t at = first_difference(found, expected, out_size) / sizeof(int32_t);
  if (at * sizeof(int32_t) == out_size && intact) return 1;
  int length = FAIL("winograd %s: tiles %zu depth %zu padding %zu %s fine %d seed %llu: ", set->name, c->tiles, c->depth,
                    c->padding, fill_names[c->fill], c->is_fine, (unsigned long long)seed);
  failure += length;
  const size_t left = SPADE_SWEEP_FAILURE_SIZE - (size_t)length;
  if (!intact) {
    snprintf(failure, left, "wrote outside its memory");
  } else {
    snprintf(failure, left, "tile %zu pixel %zu column %zu is %d, scalar %d", at / COLUMNS / PIXELS,
             at / COLUMNS % PIXELS, at % COLUMNS, found[at], expected[at]);
  }
  return 0;
}

size_t spade_sweep_winograd(const spade_kernel_set *set, char *failure) {
  failure[0] = 0;
  if (!set->winograd) return 0;
  static const size_t depths[] = {16, 48, 128, 144, MAX_DEPTH};
  const size_t tiles = SPADE_WINOGRAD_TILES;
  winograd_memory m = {
      block_map(SOURCE_ROWS * MAX_DEPTH * 2),
      block_map(SOURCE_ROWS * MAX_DEPTH * 2),
      block_map(tiles * POINTS * 4),
      block_map(MAX_PANEL),
      block_map(POINTS * (tiles * SPADE_WINOGRAD_DEPTH + 64) * 2),
      block_map(POINTS * (SPADE_WINOGRAD_DEPTH * COLUMNS + 64) * 2),
      block_map(POINTS * tiles * COLUMNS * 4),
      block_map(tiles * PIXELS * COLUMNS * 4),
      block_map(tiles * PIXELS * COLUMNS * 4),
  };
  size_t count = 0;
  int passed = 1;
  for (size_t t = 1; t <= tiles && passed; t++) {
    for (size_t d = 0; d < 3 && passed; d++) {
      winograd_case c = {t, depths[d], t % 3 * 32, RANDOM, (int)((t + d) % 2)};
      passed = run_case(set, &c, &m, ++count, failure);
    }
  }
  for (size_t d = 0; d < COUNT_OF(depths) && passed; d++) {
    for (fill f = RANDOM; f < FILL_COUNT && passed; f++) {
      for (int is_fine = 0; is_fine < 2 && passed; is_fine++) {
        winograd_case c = {1 + (d + f) % 7, depths[d], f % 2 * 32, f, is_fine};
        passed = run_case(set, &c, &m, ++count, failure);
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return count;
}
