#include "support.h"

enum {
  MAX_WIDTH = 33,
  MAX_CHANNELS = 160,
  WINDOWS = 7,
};

typedef enum { RANDOM, EXTREME, SMALL, FILL_COUNT } fill;

static const char *const fill_names[] = {"random", "extreme", "small"};

typedef struct {
  size_t width;
  size_t channels;
  unsigned x_shift;
  int windows;
  fill fill;
  unsigned is_fine;
  int16_t bias_factor;
  /// Negative: drawn for each channel.
  float scale;
  float slope;
} modulate_case;

typedef struct {
  sweep_block x, windows, affine, scale, zero_point, expected, found;
} modulate_memory;

/// An int16 that is not below `low`.
static int16_t value(fill fill, int32_t low, sweep_random *random) {
  switch (fill) {
    case EXTREME: return (int16_t)(next32(random) & 1 ? 32767 : low + (int32_t)below(random, 2));
    case SMALL: return (int16_t)between(random, -9, 9);
    default: return (int16_t)between(random, low, 32767);
  }
}

static int run_case(const spade_kernel_set *set, const modulate_case *c, modulate_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  const size_t x_count = ((c->width + c->x_shift) >> c->x_shift) * c->channels;
  int16_t *x = block_take(&m->x, x_count * sizeof(int16_t), 2);
  for (size_t i = 0; i < x_count; i++) x[i] = value(c->fill, -32768, &random);
  const size_t affine_count = WINDOWS * c->channels * 2;
  int16_t *affine = block_take(&m->affine, affine_count * sizeof(int16_t), 4);
  for (size_t i = 0; i < affine_count; i++) affine[i] = value(c->fill, -32767, &random);
  uint16_t *windows = block_take(&m->windows, c->width * sizeof(uint16_t), 2);
  for (size_t i = 0; i < c->width; i++) windows[i] = (uint16_t)below(&random, WINDOWS);
  float *scale = block_take(&m->scale, c->channels * sizeof(float), 4);
  float *zero_point = block_take(&m->zero_point, c->channels * sizeof(float), 4);
  for (size_t i = 0; i < c->channels; i++) {
    scale[i] = c->scale >= 0 ? c->scale : scale_value(&random);
    const int32_t least = c->is_fine ? SPADE_FINE_LEAST : -128, most = c->is_fine ? SPADE_FINE_MOST : 127;
    const int32_t zero_points[] = {least, most, 0, between(&random, least, most)};
    zero_point[i] = (float)zero_points[below(&random, 4)];
  }

  const size_t out_count = c->width * c->channels * (c->is_fine ? 2 : 1);
  spade_modulate call = {
      .x = x,
      .x_shift = c->x_shift,
      .width = c->width,
      .channels = c->channels,
      .windows = c->windows ? windows : NULL,
      .affine = affine,
      .bias_factor = c->bias_factor,
      .scale = scale,
      .zero_point = zero_point,
      .slope = c->slope,
      .is_fine = c->is_fine,
      .out = block_take(&m->expected, out_count, 1),
  };
  spade_kernel_set_at(0)->modulate(&call);
  call.out = block_take(&m->found, out_count, 1);
  set->modulate(&call);

  const int8_t *expected = (const int8_t *)m->expected.taken, *found = call.out;
  const size_t at = first_flipped_difference(found, expected, out_count, set->code_flip);
  if (at == out_count && block_intact(&m->found)) return 1;
  FAIL("modulate %s: width %zu channels %zu shift %u windows %d %s fine %u factor %d scale %g slope %g seed %llu: "
       "element %zu of %zu is %d, scalar %d",
       set->name, c->width, c->channels, c->x_shift, c->windows, fill_names[c->fill], c->is_fine, c->bias_factor,
       (double)c->scale, (double)c->slope, (unsigned long long)seed, at, out_count,
       at < out_count ? (int8_t)((uint8_t)found[at] ^ set->code_flip) : 0, at < out_count ? expected[at] : 0);
  return 0;
}

size_t spade_sweep_modulate(const spade_kernel_set *set, char *failure) {
  static const size_t widths[] = {1, 2, 3, 8, 17, MAX_WIDTH}, channels[] = {16, 32, 48, 64, MAX_CHANNELS};
  static const int16_t factors[] = {1, 0, -1, 16384, 32767, -32768};
  static const float scales[] = {-1.0f, 0.0f, 0.5f, 0.25f}, slopes[] = {0.2f, 1.0f, 0.0f};
  modulate_memory m = {
      block_map(MAX_WIDTH * MAX_CHANNELS * 2), block_map(MAX_WIDTH * 2),    block_map(WINDOWS * MAX_CHANNELS * 4),
      block_map(MAX_CHANNELS * 4),             block_map(MAX_CHANNELS * 4), block_map(MAX_WIDTH * MAX_CHANNELS * 2),
      block_map(MAX_WIDTH * MAX_CHANNELS * 2),
  };
  failure[0] = 0;
  size_t count = 0;
  int passed = 1;
  for (size_t w = 0; w < COUNT_OF(widths) && passed; w++) {
    for (size_t ch = 0; ch < COUNT_OF(channels) && passed; ch++) {
      for (size_t s = 0; s < COUNT_OF(scales) && passed; s++) {
        for (size_t l = 0; l < COUNT_OF(slopes) && passed; l++) {
          for (unsigned i = 0; i < FILL_COUNT * 8 && passed; i++) {
            modulate_case c = {widths[w],     channels[ch], i % 2,
                               i / 2 % 2,     (fill)(i / 8), i / 4 % 2,
                               factors[count % COUNT_OF(factors)], scales[s], slopes[l]};
            passed = run_case(set, &c, &m, ++count, failure);
          }
        }
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return count;
}
