#include "support.h"

enum {
  MAX_COUNT = 40,
  MAX_CHANNELS = 144,
  MAX_PADDING = 32,
};

typedef enum { RANDOM, LOWEST, HIGHEST, FILL_COUNT } fill;

static const char *const fill_names[] = {"random", "-32768", "32767"};

typedef struct {
  size_t count, channels, padding;
  fill fill;
} statistics_case;

typedef struct {
  sweep_block x, factor, term, expected, found;
} statistics_memory;

static int16_t value(fill fill, sweep_random *random) {
  return fill == RANDOM ? (int16_t)next32(random) : fill == LOWEST ? -32768 : 32767;
}

/// Bytes of the codes from the first to the last.
static size_t code_size(const statistics_case *c) {
  return ((c->count - 1) * (c->channels + c->padding) + c->channels) * sizeof(int16_t);
}

static const int16_t *take_codes(const statistics_case *c, statistics_memory *m, sweep_random *random) {
  int16_t *x = block_take(&m->x, code_size(c), 2);
  for (size_t i = 0; i < code_size(c) / sizeof(int16_t); i++) x[i] = value(c->fill, random);
  return x;
}

/// Sums, then squares, of the case's channels: added to what is there.
static void sum(const spade_kernel_set *set, const statistics_case *c, const int16_t *x, int64_t *sums) {
  for (size_t i = 0; i < 2 * c->channels; i++) sums[i] = (int64_t)i << 33;
  set->channel_sums(x, c->count, c->channels + c->padding, c->channels, sums, sums + c->channels);
}

static int run_sums(const spade_kernel_set *set, const statistics_case *c, statistics_memory *m, uint64_t seed,
                    char *failure) {
  sweep_random random = {seed};
  const int16_t *x = take_codes(c, m, &random);
  const size_t size = 2 * c->channels * sizeof(int64_t);
  int64_t *expected = block_take(&m->expected, size, 8), *found = block_take(&m->found, size, 8);
  sum(spade_kernel_set_at(0), c, x, expected);
  sum(set, c, x, found);
  const size_t at = first_difference(found, expected, size);
  if (at == size && block_intact(&m->found)) return 1;
  FAIL("channel_sums %s: count %zu channels %zu padding %zu %s seed %llu: byte %zu of %zu", set->name, c->count,
       c->channels, c->padding, fill_names[c->fill], (unsigned long long)seed, at, size);
  return 0;
}

static int run_normalize(const spade_kernel_set *set, const statistics_case *c, statistics_memory *m, uint64_t seed,
                         char *failure) {
  sweep_random random = {seed};
  const int16_t *x = take_codes(c, m, &random);
  float *factor = block_take(&m->factor, c->channels * sizeof(float), 4);
  float *term = block_take(&m->term, c->channels * sizeof(float), 4);
  for (size_t i = 0; i < c->channels; i++) {
    // Quarters and halves land on ties.
    factor[i] = (float)between(&random, -12, 12) / 4;
    term[i] = (float)between(&random, -40000, 40000) / 2;
  }
  const size_t stride = c->channels + c->padding, size = code_size(c);
  int16_t *expected = block_take(&m->expected, size, 2), *found = block_take(&m->found, size, 2);
  spade_kernel_set_at(0)->normalize(x, c->count, stride, c->channels, factor, term, expected);
  set->normalize(x, c->count, stride, c->channels, factor, term, found);
  const size_t at = first_difference(found, expected, size) / sizeof(int16_t);
  if (at * sizeof(int16_t) == size && block_intact(&m->found)) return 1;
  FAIL("normalize %s: count %zu channels %zu padding %zu %s seed %llu: element %zu of %zu", set->name, c->count,
       c->channels, c->padding, fill_names[c->fill], (unsigned long long)seed, at, size / sizeof(int16_t));
  return 0;
}

static size_t sweep(const spade_kernel_set *set,
                    int (*run)(const spade_kernel_set *, const statistics_case *, statistics_memory *, uint64_t, char *),
                    char *failure) {
  static const size_t channels[] = {16, 32, 48, 64, MAX_CHANNELS};
  const size_t capacity = MAX_COUNT * (MAX_CHANNELS + MAX_PADDING) * sizeof(int16_t);
  statistics_memory m = {block_map(capacity), block_map(MAX_CHANNELS * 4), block_map(MAX_CHANNELS * 4),
                         block_map(capacity), block_map(capacity)};
  failure[0] = 0;
  size_t cases = 0;
  int passed = 1;
  for (size_t ch = 0; ch < COUNT_OF(channels) && passed; ch++) {
    for (size_t count = 1; count <= MAX_COUNT && passed; count++) {
      for (fill f = 0; f < FILL_COUNT && passed; f++) {
        statistics_case c = {count, channels[ch], (count + f) % 3 * 16, f};
        passed = run(set, &c, &m, ++cases, failure);
      }
    }
  }
  sweep_block *blocks = (sweep_block *)&m;
  for (size_t i = 0; i < sizeof m / sizeof *blocks; i++) block_unmap(blocks + i);
  return cases;
}

size_t spade_sweep_channel_sums(const spade_kernel_set *set, char *failure) { return sweep(set, run_sums, failure); }

size_t spade_sweep_normalize(const spade_kernel_set *set, char *failure) { return sweep(set, run_normalize, failure); }
