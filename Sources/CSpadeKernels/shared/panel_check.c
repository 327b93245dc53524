#include "spade_kernels.h"

// Written with vectors of 16 bytes, which every processor here has: four depths of four columns.
typedef int8_t weights16 __attribute__((vector_size(16)));
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef int16_t pairs8 __attribute__((vector_size(16)));
typedef uint16_t unsigned_pairs8 __attribute__((vector_size(16)));

enum {
  VECTORS = SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH / 16,
  COLUMNS = SPADE_PANEL_COLUMNS / VECTORS,
  // A lane of a sum takes two weights of a group: 128 · 2 · 127 = 32512, and 128 · 2 · 128 = 2^15 of magnitudes.
  GROUPS = 128,
  // Of a chunk of channels.
  CHUNK_GROUPS = SPADE_WINOGRAD_DEPTH / SPADE_PANEL_DEPTH,
};

/// What the columns of a panel add up to.
typedef struct {
  int32_t sums[SPADE_PANEL_COLUMNS];
  /// Of the chunk of channels that adds up to most, so far.
  uint32_t magnitudes[SPADE_PANEL_COLUMNS];
  /// Of each weight's place in a group, whether −128 was there.
  weights16 lowest[VECTORS];
} panel_sums;

/// Adds up to `GROUPS` groups of four depths.
static void add_groups(panel_sums *all, uint32_t *chunk, const int8_t *weights, size_t group_count) {
  pairs8 sums[VECTORS] = {0};
  unsigned_pairs8 magnitudes[VECTORS] = {0};
  for (size_t group = 0; group < group_count; group++) {
    for (size_t v = 0; v < VECTORS; v++, weights += 16) {
      weights16 w;
      __builtin_memcpy(&w, weights, sizeof w);
      all->lowest[v] |= w == -128;
      sums[v] += ((pairs8)((unsigned_pairs8)w << 8) >> 8) + ((pairs8)w >> 8);
      const bytes16 sign = (bytes16)(w < 0);
      const unsigned_pairs8 magnitude = (unsigned_pairs8)(((bytes16)w ^ sign) - sign);
      magnitudes[v] += (magnitude & 0xFF) + (magnitude >> 8);
    }
  }
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column++) {
    const size_t v = column / COLUMNS, lane = column % COLUMNS * 2;
    all->sums[column] += sums[v][lane] + sums[v][lane + 1];
    chunk[column] += (uint32_t)magnitudes[v][lane] + magnitudes[v][lane + 1];
  }
}

/// Adds all taps of some groups of four depths, which count as one chunk.
static void add_chunk(panel_sums *all, const int8_t *weights, size_t tap_count, size_t tap_stride, size_t group_count) {
  uint32_t chunk[SPADE_PANEL_COLUMNS] = {0};
  for (size_t tap = 0; tap < tap_count; tap++) {
    const int8_t *at = weights + tap * tap_stride;
    for (size_t group = 0; group < group_count; group += GROUPS) {
      const size_t count = group_count - group < GROUPS ? group_count - group : GROUPS;
      add_groups(all, chunk, at + group * SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH, count);
    }
  }
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column++)
    if (chunk[column] > all->magnitudes[column]) all->magnitudes[column] = chunk[column];
}

static spade_panel_rule broken_rule(const panel_sums *sums, const int32_t *biases, size_t column, uint32_t limit) {
  const size_t place = column % COLUMNS * SPADE_PANEL_DEPTH;
  for (size_t k = 0; k < SPADE_PANEL_DEPTH; k++) {
    if (sums->lowest[column / COLUMNS][place + k]) return SPADE_PANEL_WEIGHT;
  }
  if (sums->magnitudes[column] > limit) return SPADE_PANEL_WEIGHT_SUM;
  const uint32_t expected = (uint32_t)biases[column] - 128 * (uint32_t)sums->sums[column];
  return expected == (uint32_t)biases[SPADE_PANEL_COLUMNS + column] ? SPADE_PANEL_GOOD : SPADE_PANEL_UNSIGNED_BIAS;
}

spade_panel_fault spade_check_panels(const void *panels, size_t panel_count, size_t tap_count, size_t depth,
                                     uint32_t weight_sum_limit) {
  const size_t group_size = SPADE_PANEL_COLUMNS * SPADE_PANEL_DEPTH, group_count = depth / SPADE_PANEL_DEPTH;
  const size_t chunk_groups = weight_sum_limit == UINT32_MAX ? group_count : CHUNK_GROUPS;
  const int8_t *at = panels;
  for (size_t panel = 0; panel < panel_count; panel++) {
    const int32_t *biases = (const int32_t *)at;
    at += 2 * SPADE_PANEL_COLUMNS * sizeof *biases;
    panel_sums sums = {0};
    for (size_t group = 0; group < group_count; group += chunk_groups) {
      const size_t count = group_count - group < chunk_groups ? group_count - group : chunk_groups;
      add_chunk(&sums, at + group * group_size, tap_count, group_count * group_size, count);
    }
    at += tap_count * group_count * group_size;
    for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column++) {
      const spade_panel_rule rule = broken_rule(&sums, biases, column, weight_sum_limit);
      if (rule != SPADE_PANEL_GOOD) return (spade_panel_fault){rule, panel * SPADE_PANEL_COLUMNS + column};
    }
  }
  return (spade_panel_fault){SPADE_PANEL_GOOD, 0};
}
