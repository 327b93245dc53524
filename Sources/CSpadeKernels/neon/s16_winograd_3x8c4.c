#include "set.h"

#if defined(__aarch64__)

// Cores that keep to the order of the program (Cortex-A53) wait for a load whose turn comes too early, so the order below
// is chosen by hand: the products of two columns, and between them the loads of the next two. `volatile` makes the
// compiler keep it. Accumulators, codes and weights take 31 of the 32 registers.

#define INLINE static inline __attribute__((always_inline))

INLINE void smlal(int32x4_t *acc, int16x4_t w, int16x4_t a) {
  __asm__ volatile("smlal %0.4s, %1.4h, %2.4h" : "+w"(*acc) : "w"(w), "w"(a));
}

/// Four depths, `offset` bytes from `base`. A macro, because the offset has to be a literal.
#define LOAD(to, base, offset) \
  __asm__ volatile("ldr %d0, [%1, %2]" : "=w"(to) : "r"(base), "i"(offset), "m"(*(const int16_t(*)[128])(base)))

/// Four depths of two columns.
typedef struct {
  int16x4_t even, odd;
} columns;

/// Four depths of `R` tiles times columns 2i and 2i + 1 of eight; meanwhile the `next` two come.
#define MULTIPLY(i, now, next, weight, offset)      \
  do {                                              \
    smlal(&acc[0][2 * (i)], (now).even, a[0]);      \
    LOAD((next).even, weight, (offset) + 0);        \
    smlal(&acc[0][2 * (i) + 1], (now).odd, a[0]);   \
    LOAD((next).odd, weight, (offset) + 8);         \
    for (int r = 1; r < R; r++) {                   \
      smlal(&acc[r][2 * (i)], (now).even, a[r]);    \
      smlal(&acc[r][2 * (i) + 1], (now).odd, a[r]); \
    }                                               \
  } while (0)

/// The last two of eight columns; meanwhile the next depths come.
#define MULTIPLY_LAST(weight, weight_offset, code_offset)    \
  do {                                                       \
    for (int r = 0; r < R; r++) {                            \
      smlal(&acc[r][6], other.even, a[r]);                   \
      if (r == 0) LOAD(w.even, weight, (weight_offset) + 0); \
      smlal(&acc[r][7], other.odd, a[r]);                    \
      LOAD(a[r], code[r], code_offset);                      \
      if (r == 0) LOAD(w.odd, weight, (weight_offset) + 8);  \
    }                                                        \
  } while (0)

/// `R` tiles of 8 columns. A lane of `acc[r][j]` is one of four depths of column j.
INLINE void rows(const spade_winograd_product *p, size_t tile, size_t column, const int R) {
  int32x4_t acc[3][8];
  int16x4_t a[3];
  columns w, other;
  const int16_t *code[3], *weight = p->weights + column * SPADE_PANEL_DEPTH;
  for (int r = 0; r < R; r++) {
    for (int j = 0; j < 8; j++) acc[r][j] = vdupq_n_s32(0);
    code[r] = p->codes + (tile + (size_t)r) * p->depth_stride;
    LOAD(a[r], code[r], 0);
  }
  LOAD(w.even, weight, 0);
  LOAD(w.odd, weight, 8);

  for (size_t left = p->depth; left; left -= 8) {
    // At the end operands that were used are loaded again: what follows the last may not be ours to read.
    const size_t step = left > 8 ? 8 : 0;
    MULTIPLY(0, w, other, weight, 16);
    MULTIPLY(1, other, w, weight, 32);
    MULTIPLY(2, w, other, weight, 48);
    MULTIPLY_LAST(weight, 128, 8);
    MULTIPLY(0, w, other, weight, 144);
    for (int r = 0; r < R; r++) code[r] += step;
    MULTIPLY(1, other, w, weight, 160);
    MULTIPLY(2, w, other, weight, 176);
    weight += SPADE_PANEL_COLUMNS * step;
    MULTIPLY_LAST(weight, 0, 0);
  }

  for (int r = 0; r < R; r++) {
    int32_t *out = p->sums + (tile + (size_t)r) * SPADE_PANEL_COLUMNS + column;
    for (int j = 0; j < 8; j += 4)
      vst1q_s32(out + j, vpaddq_s32(vpaddq_s32(acc[r][j], acc[r][j + 1]), vpaddq_s32(acc[r][j + 2], acc[r][j + 3])));
  }
}

void spade_s16_winograd_3x8c4__neon(const spade_winograd_product *p) {
  for (size_t column = 0; column < SPADE_PANEL_COLUMNS; column += 8) {
    size_t tile = 0;
    for (; tile + 3 <= p->tile_count; tile += 3) rows(p, tile, column, 3);
    if (p->tile_count - tile == 2) rows(p, tile, column, 2);
    if (p->tile_count - tile == 1) rows(p, tile, column, 1);
  }
}

#endif
