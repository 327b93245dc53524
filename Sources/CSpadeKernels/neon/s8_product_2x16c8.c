#include "set.h"

#if defined(__aarch64__)

// |w| ≤ 127, so the sum of two products is at most 2 · 127 · 128 = 32512: smlal onto smull does not overflow.
//
// Cores that keep to the order of the program (Cortex-A53) wait for a product or a load whose turn comes too early, so the
// order below is chosen by hand: eight products in turn, and between them the loads of the next eight. `volatile` makes the
// compiler keep it. Accumulators, sums of pairs, weights and codes take all 32 registers.

#define INLINE static inline __attribute__((always_inline))

INLINE void smull(int16x8_t *pair, int8x8_t w, int8x8_t a) {
  __asm__ volatile("smull %0.8h, %1.8b, %2.8b" : "=w"(*pair) : "w"(w), "w"(a));
}

INLINE void smlal(int16x8_t *pair, int8x8_t w, int8x8_t a) {
  __asm__ volatile("smlal %0.8h, %1.8b, %2.8b" : "+w"(*pair) : "w"(w), "w"(a));
}

INLINE void sadalp(int32x4_t *acc, int16x8_t pair) {
  __asm__ volatile("sadalp %0.4s, %1.8h" : "+w"(*acc) : "w"(pair));
}

/// Four codes in both 32-bit lanes.
INLINE int8x8_t load_codes(const int8_t *code) {
  int8x8_t codes;
  __asm__ volatile("ld1r {%0.2s}, %1" : "=w"(codes) : "Q"(*(const int8_t(*)[4])code));
  return codes;
}

/// Four depths of two columns, `offset` bytes from `weight`. A macro, because the offset has to be a literal.
#define LOAD_WEIGHTS(to, weight, offset) \
  __asm__ volatile("ldr %d0, [%1, %2]" : "=w"(to) : "r"(weight), "i"(offset), "m"(*(const int8_t(*)[128])(weight)))

/// Four depths: the codes of two rows, the weights of columns 2i and 2i + 1 of eight.
typedef struct {
  int8x8_t row0, row1, w0, w1, w2, w3;
} operands;

/// Sums of pairs of products for eight columns.
typedef struct {
  int16x8_t row0[4], row1[4];
} pairs;

/// A lane is half a column: the even and the odd pairs of depths of columns 2i and 2i + 1 of eight.
typedef struct {
  int32x4_t row0[4], row1[4];
} accumulators;

/// Four depths times eight columns into `p` by `MULTIPLY`, which is `smull` or `smlal`; meanwhile the next operands come.
#define STAGE(MULTIPLY, p, o, next0, next1, weight, offset) \
  do {                                                      \
    int8x8_t codes0, codes1;                                \
    MULTIPLY(&(p).row0[0], (o).w0, (o).row0);               \
    codes0 = load_codes(next0);                             \
    MULTIPLY(&(p).row1[0], (o).w0, (o).row1);               \
    LOAD_WEIGHTS((o).w0, weight, (offset) + 0);             \
    MULTIPLY(&(p).row0[1], (o).w1, (o).row0);               \
    codes1 = load_codes(next1);                             \
    MULTIPLY(&(p).row1[1], (o).w1, (o).row1);               \
    LOAD_WEIGHTS((o).w1, weight, (offset) + 8);             \
    MULTIPLY(&(p).row0[2], (o).w2, (o).row0);               \
    MULTIPLY(&(p).row1[2], (o).w2, (o).row1);               \
    LOAD_WEIGHTS((o).w2, weight, (offset) + 16);            \
    MULTIPLY(&(p).row0[3], (o).w3, (o).row0);               \
    MULTIPLY(&(p).row1[3], (o).w3, (o).row1);               \
    LOAD_WEIGHTS((o).w3, weight, (offset) + 24);            \
    (o).row0 = codes0;                                      \
    (o).row1 = codes1;                                      \
  } while (0)

INLINE void accumulate(accumulators *acc, const pairs *p) {
  sadalp(&acc->row0[0], p->row0[0]);
  sadalp(&acc->row1[0], p->row1[0]);
  sadalp(&acc->row0[1], p->row0[1]);
  sadalp(&acc->row1[1], p->row1[1]);
  sadalp(&acc->row0[2], p->row0[2]);
  sadalp(&acc->row1[2], p->row1[2]);
  sadalp(&acc->row0[3], p->row0[3]);
  sadalp(&acc->row1[3], p->row1[3]);
}

/// Biases plus the halves of eight columns.
INLINE void store(const int32x4_t *halves, const int32_t *bias, int32_t *out) {
  vst1q_s32(out, vaddq_s32(vld1q_s32(bias), vpaddq_s32(halves[0], halves[1])));
  vst1q_s32(out + 4, vaddq_s32(vld1q_s32(bias + 4), vpaddq_s32(halves[2], halves[3])));
}

/// Two rows of one panel.
INLINE void two_rows(const spade_product *p, const int8_t *weight, const int32_t *bias, size_t row, int32_t *out) {
  accumulators low = {0}, high = {0};
  const size_t depth = p->depth;
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    // Codes of the even and of the odd groups of four depths.
    const int8_t *even0 = p->base + p->offsets[tap * p->offset_stride + row], *odd0 = even0 + 4;
    const int8_t *even1 = p->base + p->offsets[tap * p->offset_stride + row + 1], *odd1 = even1 + 4;
    operands o = {.row0 = load_codes(even0), .row1 = load_codes(even1)};
    LOAD_WEIGHTS(o.w0, weight, 0);
    LOAD_WEIGHTS(o.w1, weight, 8);
    LOAD_WEIGHTS(o.w2, weight, 16);
    LOAD_WEIGHTS(o.w3, weight, 24);
    size_t left = depth;
    do {
      pairs sums;
      // At the end the operands just used are loaded again: what follows them may not be ours to read.
      const size_t step = left > 8 ? 8 : 0;
      STAGE(smull, sums, o, odd0, odd1, weight, 64);
      left -= 8;
      const int8_t *next = weight + 16 * step;
      STAGE(smlal, sums, o, even0, even1, weight, 32);
      even0 += step;
      even1 += step;
      accumulate(&low, &sums);
      STAGE(smull, sums, o, odd0, odd1, weight, 96);
      odd0 += step;
      odd1 += step;
      weight += 128;
      STAGE(smlal, sums, o, even0, even1, next, 0);
      accumulate(&high, &sums);
    } while (left);
  }
  store(low.row0, bias, out);
  store(high.row0, bias + 8, out + 8);
  store(low.row1, bias, out + SPADE_PANEL_COLUMNS);
  store(high.row1, bias + 8, out + SPADE_PANEL_COLUMNS + 8);
}

/// The last row of an odd number of rows.
static void one_row(const spade_product *p, const int8_t *weight, const int32_t *bias, size_t row, int32_t *out) {
  int32x4_t acc[8] = {0};
  for (size_t tap = 0; tap < p->tap_count; tap++) {
    const int8_t *code = p->base + p->offsets[tap * p->offset_stride + row];
    for (size_t d = 0; d < p->depth; d += 8) {
      int8x8_t even = load_codes(code + d), odd = load_codes(code + d + 4);
      int16x8_t sums[8];
      for (int i = 0; i < 8; i++) sums[i] = vmull_s8(vld1_s8(weight + 8 * i), even);
      for (int i = 0; i < 8; i++) sums[i] = vmlal_s8(sums[i], vld1_s8(weight + 64 + 8 * i), odd);
      for (int i = 0; i < 8; i++) acc[i] = vpadalq_s16(acc[i], sums[i]);
      weight += 128;
    }
  }
  store(acc, bias, out);
  store(acc + 4, bias + 8, out + 8);
}

void spade_s8_product_2x16c8__neon(const spade_product *p) {
  for (size_t panel = 0; panel < p->panel_count; panel++) {
    const int8_t *weight = (const int8_t *)p->weights + panel * p->panel_stride;
    const int32_t *bias = spade_panel_bias(p, panel);
    int32_t *out = p->accumulators + panel * p->accumulator_stride;
    size_t row = 0;
    for (; row + 2 <= p->row_count; row += 2) two_rows(p, weight, bias, row, out + row * SPADE_PANEL_COLUMNS);
    if (row < p->row_count) one_row(p, weight, bias, row, out + row * SPADE_PANEL_COLUMNS);
  }
}

#endif
