#include "support.h"

enum {
  MAX_HIDDEN = 144,
  MAX_TAPS = 49,
  HIDDEN_ROWS = 60,
  MAX_PADDING = 3,
};

typedef struct {
  size_t channels, taps;
  /// Weights and codes as large as they may be.
  int is_extreme;
} feature_case;

typedef struct {
  sweep_block codes, offsets, weights, first, second, expected, found;
} feature_memory;

static void fail(char *failure, const char *kernel, const spade_kernel_set *set, const feature_case *c, uint64_t seed,
                 size_t at, size_t size) {
  FAIL("%s %s: channels %zu taps %zu extreme %d seed %llu: byte %zu of %zu", kernel, set->name, c->channels, c->taps,
       c->is_extreme, (unsigned long long)seed, at, size);
}

/// Weights whose magnitudes add up to the limit at most, for each feature.
static const int16_t *take_weights(const feature_case *c, feature_memory *m, sweep_random *random) {
  const size_t count = 2 * c->channels;
  int16_t *weights = block_take(&m->weights, c->taps * count * sizeof(int16_t), 2);
  for (size_t f = 0; f < count; f++) {
    int32_t left = SPADE_DEPTHWISE_WEIGHT_SUM;
    for (size_t t = 0; t < c->taps; t++) {
      const int32_t magnitude = c->is_extreme ? left : (int32_t)below(random, (uint32_t)(left / 2 + 1));
      weights[t * count + f] = (int16_t)(next32(random) & 1 ? magnitude : -magnitude);
      left -= magnitude;
    }
  }
  return weights;
}

static int run_depthwise(const spade_kernel_set *set, const feature_case *c, feature_memory *m, uint64_t seed,
                         char *failure) {
  sweep_random random = {seed};
  const size_t code_count = HIDDEN_ROWS * c->channels, stride = 1 + seed % MAX_PADDING;
  const int16_t *weights = take_weights(c, m, &random);
  int32_t *offsets = block_take(&m->offsets, c->taps * stride * sizeof(int32_t), 4);
  for (size_t i = 0; i < c->taps * stride; i++) offsets[i] = (int32_t)(below(&random, HIDDEN_ROWS) * c->channels);
  const size_t size = 2 * c->channels * sizeof(int32_t);
  spade_depthwise call = {NULL, offsets, stride, c->taps, c->channels, weights, block_take(&m->expected, size, 4)};
  int8_t *codes = block_take(&m->codes, code_count, 1);
  for (size_t i = 0; i < code_count; i++) codes[i] = c->is_extreme ? (int8_t)127 : (int8_t)next32(&random);
  call.base = codes;
  spade_kernel_set_at(0)->depthwise(&call);
  const int32_t *expected = call.sums;
  for (size_t i = 0; i < code_count; i++) codes[i] = (int8_t)(codes[i] ^ set->code_flip);
  call.sums = block_take(&m->found, size, 4);
  set->depthwise(&call);
  const size_t at = first_difference(call.sums, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  fail(failure, "depthwise", set, c, seed, at, size);
  return 0;
}

static int32_t feature(const feature_case *c, sweep_random *random) {
  const int32_t most = 255 * SPADE_DEPTHWISE_WEIGHT_SUM;
  if (c->is_extreme) return next32(random) & 1 ? most : -most;
  return between(random, -most, most);
}

static int run_moments(const spade_kernel_set *set, const feature_case *c, feature_memory *m, uint64_t seed,
                       char *failure) {
  sweep_random random = {seed};
  const size_t count = 2 * c->channels, size = 2 * count * sizeof(int64_t);
  int32_t *features = block_take(&m->first, count * sizeof(int32_t), 4);
  for (size_t f = 0; f < count; f++) features[f] = feature(c, &random);
  int64_t *expected = block_take(&m->expected, size, 8), *found = block_take(&m->found, size, 8);
  for (size_t i = 0; i < 2 * count; i++) expected[i] = found[i] = (int64_t)i << 12;
  const uint32_t weight = c->is_extreme ? (1u << 24) - 1 : below(&random, 1u << 20);
  spade_kernel_set_at(0)->feature_moments(features, count, weight, expected, expected + count);
  set->feature_moments(features, count, weight, found, found + count);
  const size_t at = first_difference(found, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  fail(failure, "feature_moments", set, c, seed, at, size);
  return 0;
}

static int run_codes(const spade_kernel_set *set, const feature_case *c, feature_memory *m, uint64_t seed,
                     char *failure) {
  sweep_random random = {seed};
  const size_t count = 2 * c->channels, size = 2 * count;
  int32_t *features = block_take(&m->first, 2 * count * sizeof(int32_t), 4), *center = features + count;
  float *factor = block_take(&m->second, 2 * count * sizeof(float), 4), *term = factor + count;
  for (size_t f = 0; f < count; f++) {
    features[f] = feature(c, &random);
    center[f] = c->is_extreme ? -features[f] : features[f] - between(&random, -40000, 40000);
    // Quarters land on ties.
    factor[f] = c->is_extreme ? 1e30f : (float)between(&random, 0, 4) / 4;
    term[f] = (float)between(&random, -600, 600) / 2;
  }
  spade_feature_codes call = {features, count, center, factor, term, block_take(&m->expected, size, 1)};
  spade_kernel_set_at(0)->feature_codes(&call);
  const int8_t *expected = call.out;
  call.out = block_take(&m->found, size, 1);
  set->feature_codes(&call);
  const size_t at = first_flipped_difference(call.out, expected, size, set->code_flip);
  if (at == size && block_intact(&m->found)) return 1;
  fail(failure, "feature_codes", set, c, seed, at, size);
  return 0;
}

typedef int (*run)(const spade_kernel_set *, const feature_case *, feature_memory *, uint64_t, char *);

static size_t sweep(const spade_kernel_set *set, run run, char *failure) {
  static const size_t channels[] = {16, 32, 48, 128, MAX_HIDDEN};
  static const size_t taps[] = {1, 9, 25, MAX_TAPS};
  const size_t features = 2 * MAX_HIDDEN;
  feature_memory m = {block_map(HIDDEN_ROWS * MAX_HIDDEN),
                      block_map(MAX_TAPS * MAX_PADDING * 4),
                      block_map(MAX_TAPS * features * 2),
                      block_map(2 * features * 4),
                      block_map(2 * features * 4),
                      block_map(2 * features * 8),
                      block_map(2 * features * 8)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t ch = 0; ch < COUNT_OF(channels) && passed; ch++) {
    for (size_t t = 0; t < COUNT_OF(taps) && passed; t++) {
      for (int repeat = 0; repeat < 8 && passed; repeat++) {
        feature_case c = {channels[ch], taps[t], repeat == 0};
        passed = run(set, &c, &m, ++cases, failure);
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}

size_t spade_sweep_depthwise(const spade_kernel_set *set, char *failure) { return sweep(set, run_depthwise, failure); }

size_t spade_sweep_feature_moments(const spade_kernel_set *set, char *failure) {
  return sweep(set, run_moments, failure);
}

size_t spade_sweep_feature_codes(const spade_kernel_set *set, char *failure) { return sweep(set, run_codes, failure); }
